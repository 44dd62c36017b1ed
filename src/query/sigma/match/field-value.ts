import type { LogScalar } from '../../../model/log-event.ts';

/** One value of a field and its forms, each made once and only when someone asks. Used again and again: most fields never match. */
export class FieldValue {
  scalar: LogScalar = null;
  text = '';
  #lower: string | null = null;

  set(scalar: Exclude<LogScalar, null>): this {
    this.scalar = scalar;
    this.text = typeof scalar === 'string' ? scalar : String(scalar);
    this.#lower = null;
    return this;
  }

  lower(): string {
    return (this.#lower ??= this.text.toLowerCase());
  }
}
