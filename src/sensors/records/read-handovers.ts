import type { Handover } from '../../model/in-host.ts';
import type { Micros } from '../../model/event.ts';
import { readLines } from '../read-lines.ts';
import { parseRecordLine } from './record-line.ts';

/** What a service said of a request, and when it came in. */
export interface ReceivedHandover {
  readonly statement: Handover;
  readonly receivedMicros: Micros;
}

/** Every such statement of a host's records file, in order. What is wrong with other lines is for the records' own parser to count. */
export const readHandovers = async (file: string): Promise<readonly ReceivedHandover[]> => {
  const found: ReceivedHandover[] = [];
  for await (const batch of readLines(file)) {
    for (const { text } of batch) {
      // Nearly all lines are records; only this word makes one worth parsing twice.
      if (!text.includes('"request"')) continue;
      const line = parseRecordLine(Buffer.from(text, 'latin1').toString('utf8'));
      if (line.kind === 'handover') found.push({ statement: line.handover, receivedMicros: line.receivedMicros });
    }
  }
  return found;
};
