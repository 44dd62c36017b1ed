/** Something that was not loaded, not parsed, not supported, or lost. Never swallowed: every result lists them. */
export interface Loss {
  /** `trace`, `content`, `recording` … */
  readonly source: string;
  readonly host: string | null;
  readonly kind: 'unparsed' | 'truncated' | 'dropped' | 'unsupported' | 'unlinked';
  readonly count: number;
  readonly detail: string;
}
