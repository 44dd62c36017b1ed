import { createReadStream } from 'node:fs';
import type { CaptureReader, CaptureSink, CaptureSummary, Frame, RecordReader } from './capture.ts';
import { openPcap } from './pcap.ts';
import { isPcapng, openPcapng } from './pcapng.ts';

/** pcap or pcapng, by its first octets. Frames are handed over as they are read. */
export const createCaptureReader = (onFrame: (frame: Frame) => void): CaptureReader => {
  const problems = new Map<string, number>();
  const sink: CaptureSink = {
    onFrame: (frame) => {
      frame.interface.frames++;
      onFrame(frame);
    },
    onProblem: (problem) => problems.set(problem, (problems.get(problem) ?? 0) + 1),
    interfaces: [],
    frames: 0,
  };
  let rest = new Uint8Array();
  let format: CaptureSummary['format'] = null;
  let reader: RecordReader | null = null;
  let stopped = false;

  const open = (view: DataView): number | null => {
    if (view.byteLength < 4) return 0;
    if (isPcapng(view)) {
      format = 'pcapng';
      reader = openPcapng(sink);
      return reader.take(view);
    }
    const pcap = openPcap(view, sink);
    if (pcap === 'more') return 0;
    if (pcap === null) {
      sink.onProblem('a file that is no capture');
      return null;
    }
    format = 'pcap';
    reader = pcap.reader;
    return pcap.used;
  };

  const push = (bytes: Uint8Array): void => {
    if (stopped) return;
    const all = rest.length === 0 ? bytes : joined(rest, bytes);
    let offset = 0;
    while (offset < all.length) {
      const view = new DataView(all.buffer, all.byteOffset + offset, all.length - offset);
      const used = reader === null ? open(view) : reader.take(view);
      if (used === null) {
        stopped = true;
        rest = new Uint8Array();
        return;
      }
      if (used === 0) break;
      offset += used;
    }
    rest = all.slice(offset);
  };

  const end = (): CaptureSummary => {
    if (rest.length > 0) sink.onProblem('a last record that is cut off');
    else if (format === null && !stopped) sink.onProblem('an empty file');
    return { format, interfaces: sink.interfaces, frames: sink.frames, problems };
  };
  return { push, end };
};

const joined = (left: Uint8Array, right: Uint8Array): Uint8Array<ArrayBuffer> => {
  const both = new Uint8Array(left.length + right.length);
  both.set(left);
  both.set(right, left.length);
  return both;
};

/** Reads a file of any size. Rejects only when it cannot be read. */
export const readCapture = async (file: string, onFrame: (frame: Frame) => void): Promise<CaptureSummary> => {
  const reader = createCaptureReader(onFrame);
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>)
    reader.push(chunk);
  return reader.end();
};
