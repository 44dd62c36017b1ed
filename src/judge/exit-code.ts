import { exitCode, worstExitCode, type ExitCode } from '../model/exit-code.ts';
import type { Residue, Result } from '../model/run-result.ts';
import { isLabFault } from './not-run.ts';
import type { Unmet } from './expectations.ts';

export interface Judgement {
  readonly results: readonly Result[];
  readonly unmet: readonly Unmet[];
  /** What the lab itself left on the machine. */
  readonly residue: readonly Residue[];
}

/** See docs/design.md, "Command line": a nightly job must tell "we have a gap" from "the lab is broken". */
export const exitCodeOf = ({ results, unmet, residue }: Judgement): ExitCode => {
  const codes = results.flatMap(codesOf);
  // What the lab's failure left unmet is covered by its own, higher code.
  if (unmet.some(({ kind, got }) => kind !== 'execution' || !isLabFault(got))) codes.push(exitCode.gap);
  if (residue.length > 0) codes.push(exitCode.residue);
  return worstExitCode(codes);
};

const codesOf = ({ executed, detections, cleanup }: Result): ExitCode[] => [
  ...(detections.some(({ verdict }) => verdict === 'error') ? [exitCode.bug] : []),
  ...(executed.status === 'not-run' && isLabFault(executed.reason) ? [exitCode.environment] : []),
  ...(cleanup.verdict === 'dirty' ? [exitCode.residue] : []),
];
