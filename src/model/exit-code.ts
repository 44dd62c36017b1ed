/**
 * What the process tells its caller. A nightly job must tell "we have a gap" (1) from "the lab is broken" (3).
 * Where several apply, `worstExitCode` picks the first of `precedence`.
 */
export const exitCode = {
  ok: 0,
  gap: 1,
  usage: 2,
  environment: 3,
  residue: 4,
  bug: 70,
  interrupted: 130,
  terminated: 143,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

const precedence: readonly ExitCode[] = [70, 130, 143, 2, 3, 1, 4, 0];

export const worstExitCode = (codes: readonly ExitCode[]): ExitCode =>
  precedence.find((code) => codes.includes(code)) ?? exitCode.ok;
