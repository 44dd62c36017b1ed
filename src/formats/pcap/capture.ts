import type { Micros } from '../../model/event.ts';

/** One captured frame. */
export interface Frame {
  /** From 1, over all interfaces of the file. */
  readonly number: number;
  /** The interface it was seen on. */
  readonly interface: CaptureInterface;
  readonly micros: Micros;
  /** What was kept of it. A view into a buffer that is used again: copy what must stay. */
  readonly bytes: Uint8Array;
  /** What it had on the wire, in octets. */
  readonly length: number;
}

export interface CaptureInterface {
  readonly name: string | null;
  readonly linkType: number;
  /** Frames of it in the file. */
  frames: number;
  /** What the capturer says: frames that reached it, and those of them that it had no room for. Null when it did not get to say. */
  received: number | null;
  dropped: number | null;
}

export interface CaptureSummary {
  readonly format: 'pcap' | 'pcapng' | null;
  readonly interfaces: readonly CaptureInterface[];
  readonly frames: number;
  /** What could not be read, and how often. */
  readonly problems: ReadonlyMap<string, number>;
}

/** Reads a capture in pieces of any size. Nothing in the bytes makes it throw. */
export interface CaptureReader {
  push(bytes: Uint8Array): void;
  /** After the last piece. */
  end(): CaptureSummary;
}

/** What a file is made of, after its first four octets have told which it is. Each `take` reads one record from `view`. */
export interface RecordReader {
  /** Octets used; 0 when the record is not whole yet; null when nothing more can be read, which has been told. */
  take(view: DataView): number | null;
}

/** Where readers put what they find. */
export interface CaptureSink {
  onFrame(frame: Frame): void;
  onProblem(problem: string): void;
  readonly interfaces: CaptureInterface[];
  frames: number;
}

/** No capturer writes more of one frame, and no pcapng block comes near: a larger length is damage. */
export const longestRecord = 1 << 24;
