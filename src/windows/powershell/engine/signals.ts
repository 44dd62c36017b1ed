import type { Value } from '../values/value.ts';

/** Ways out of a block that are no errors. They pass through every `catch` of a script. */
export class BreakSignal extends Error {
  readonly label: string | null;
  constructor(label: string | null) {
    super('break');
    this.label = label;
  }
}

export class ContinueSignal extends Error {
  readonly label: string | null;
  constructor(label: string | null) {
    super('continue');
    this.label = label;
  }
}

export class ReturnSignal extends Error {
  constructor() {
    super('return');
  }
}

export class ExitSignal extends Error {
  readonly code: number;
  constructor(code: number) {
    super('exit');
    this.code = code;
  }
}

/** A later stage of a pipeline wants no more: `Select-Object -First`. */
export class StopUpstream extends Error {
  readonly stage: object;
  constructor(stage: object) {
    super('stop');
    this.stage = stage;
  }
}

export type Sink = (value: Value) => Promise<void> | void;
