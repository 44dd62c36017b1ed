import { createCallJoiner, type PendingCall, type TraceItem } from '../../formats/strace/join-calls.ts';
import { parseStraceLine } from '../../formats/strace/line.ts';
import type { Micros } from '../../model/event.ts';
import type { LossCounter } from '../loss-counter.ts';
import type { TextLine } from '../read-lines.ts';
import type { SensorContext } from '../sensor.ts';

/** Lines → items, each line accounted for: an item, a half of one, or a loss. */
export interface Intake {
  take(line: TextLine): void;
  /** Calls that have not ended. */
  pending(): readonly PendingCall[];
  readonly seen: Seen;
}

interface Seen {
  lines: number;
  lastMicros: Micros;
  /** The first line is the agent's own exec. */
  begins: boolean;
  /** The text of a last line that is cut off. */
  torn: string | null;
}

export const createIntake = (
  context: SensorContext,
  losses: LossCounter,
  onItem: (item: TraceItem) => void,
): Intake => {
  const seen: Seen = { lines: 0, lastMicros: 0, begins: false, torn: null };
  const joiner = createCallJoiner((problem, detail) => {
    const what = problem === 'unparsed' ? 'calls that could not be read' : 'calls of which one half is missing';
    losses.add(problem, what, detail);
  });

  const take = ({ text, number, isWhole }: TextLine): void => {
    seen.lines = number;
    if (!isWhole) {
      seen.torn = text;
      return;
    }
    const line = parseStraceLine(text);
    if (line === null) {
      losses.add('unparsed', 'lines that strace does not write', text);
      return;
    }
    if (number === 1) seen.begins = line.pid === context.agentPid && 'name' in line && line.name === 'execve';
    seen.lastMicros = line.micros;
    const item = joiner.take(line, number);
    if (item !== null) onItem(item);
  };

  return { take, pending: () => [...joiner.pending.values()], seen };
};
