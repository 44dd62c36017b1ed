/** Puts the segments of one direction in order. */
export interface SegmentOrder {
  /**
   * What can be read on with this segment, in order. `length` is the segment's own; when less was kept of it, what is kept is
   * the last that can be read.
   */
  take(sequence: number, bytes: Uint8Array, length: number): readonly Uint8Array[];
  /** Nothing more can be read: a part is missing for good. */
  readonly broken: boolean;
}

/** Segments that wait for an earlier one; a flood of them must not fill memory. */
const mostWaiting = 64;

export const createSegmentOrder = (): SegmentOrder => {
  let next: number | null = null;
  let broken = false;
  const waiting = new Map<number, { readonly bytes: Uint8Array; readonly length: number }>();

  const read = (sequence: number, bytes: Uint8Array, length: number): Uint8Array | null => {
    const known = (((next ?? sequence) | 0) - (sequence | 0)) | 0;
    if (known < 0 || known >= length) return null;
    next = (sequence + length) >>> 0;
    broken = bytes.length < length;
    return bytes.subarray(known);
  };

  const take: SegmentOrder['take'] = (sequence, bytes, length) => {
    if (broken || length === 0) return [];
    const out: Uint8Array[] = [];
    const first = read(sequence, bytes, length);
    if (first === null) {
      if (((next ?? 0) | 0) - (sequence | 0) >= 0) return [];
      if (waiting.size >= mostWaiting) broken = true;
      else waiting.set(sequence, { bytes: bytes.slice(), length });
      return [];
    }
    out.push(first);
    for (let found = true; found && !broken;) {
      found = false;
      for (const [start, segment] of waiting) {
        const more = read(start, segment.bytes, segment.length);
        if (more === null) {
          if (((next ?? 0) | 0) - (start | 0) >= 0) waiting.delete(start);
          continue;
        }
        waiting.delete(start);
        out.push(more);
        found = true;
      }
    }
    return out;
  };
  return {
    take,
    get broken() {
      return broken;
    },
  };
};
