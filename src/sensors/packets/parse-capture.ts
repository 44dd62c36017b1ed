import { stat } from 'node:fs/promises';
import { readCapture } from '../../formats/pcap/read-capture.ts';
import type { CaptureSummary } from '../../formats/pcap/capture.ts';
import type { Loss } from '../../model/loss.ts';
import { createLossCounter, type LossCounter } from '../loss-counter.ts';
import { createFlowTable, type SeenFlows } from './flow-table.ts';

export interface ParsedCapture extends SeenFlows {
  readonly bytes: number;
  readonly losses: readonly Loss[];
  /** Why the capture is not whole, so that nothing may be judged by it; null when it is. */
  readonly broken: string | null;
}

/** Reads one capture of a lab. `place` is the host it is of, or `fabric`. Rejects only when the file cannot be read. */
export const parseCapture = async (file: string, place: string): Promise<ParsedCapture> => {
  const losses = createLossCounter('packets', place);
  const table = createFlowTable(losses);
  const summary = await readCapture(file, (frame) => table.take(frame));
  for (const [problem, count] of summary.problems) losses.add('unparsed', problem, undefined, count);
  countMissing(summary, losses);
  const { size } = await stat(file);
  return { ...table.finish(), bytes: size, losses: losses.list(), broken: whyBroken(summary) };
};

/** Frames that the kernel had and the file has not. */
const countMissing = ({ interfaces }: CaptureSummary, losses: LossCounter): void => {
  for (const { name, received, dropped, frames } of interfaces) {
    if (received === null || dropped === null) continue;
    const unwritten = received - dropped - frames;
    if (dropped > 0)
      losses.add('dropped', `frames of ${name ?? '?'} that the kernel had no room for`, undefined, dropped);
    if (unwritten > 0) losses.add('dropped', `frames of ${name ?? '?'} that were not written`, undefined, unwritten);
  }
};

/** A capturer that ends in order writes down how many frames there were; one that was killed cannot. */
const whyBroken = ({ format, interfaces }: CaptureSummary): string | null => {
  if (format === null || interfaces.length === 0) return 'there is no capture of its packets';
  const silent = interfaces.find(({ received, dropped }) => received === null || dropped === null);
  return silent === undefined ? null : `the capture of ${silent.name ?? '?'} does not end as its sensor ends it`;
};
