import { commandLineOf, type Activity } from '../model/activity.ts';
import type { PlayedProgram } from '../windows/poll/polling.ts';

/** The files that an activity needs on its host. `times`: null where it goes on until the drill ends. */
export const playedPrograms = (
  { file, arguments: given, startedBy, polls }: Activity,
  times: number | null,
): readonly PlayedProgram[] => {
  const { url, connection, everySeconds } = polls;
  if (startedBy === null) return [{ file, does: { url, connection, everySeconds, times } }];
  return [
    { file: startedBy, does: { program: file, commandLine: commandLineOf(file, given), everySeconds, times } },
    { file, does: { url, connection, everySeconds, times: 1 } },
  ];
};
