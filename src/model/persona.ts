/** What a lab host passes for. `windows` is emulated by real Linux processes; verdicts that rest on it say so. */
export type Persona = 'linux' | 'windows';

/** What a verdict rests on that is not the plain real thing. */
export type Mark =
  | 'emulated-persona'
  | 'emulated-product'
  | 'compressed-clock'
  | 'dropped-packets'
  | 'declared-zone'
  | 'synthetic-log-source'
  | 'extra-columns'
  | 'always-null-column'
  | 'undocumented-behavior';
