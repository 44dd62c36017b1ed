/** What doctor found of one thing that Tocsin leans on. */
export interface Check {
  readonly name: string;
  /** `missing`: a part of Tocsin cannot work without it. `limited`: something works less well, or another way. */
  readonly status: 'ok' | 'limited' | 'missing';
  /** What was found or chosen, and why. */
  readonly detail: string;
  /** One line that makes it right; null when there is nothing to do. */
  readonly fix: string | null;
}

export const ok = (name: string, detail: string): Check => ({ name, status: 'ok', detail, fix: null });

/** The first line of what went wrong. */
export const messageOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
