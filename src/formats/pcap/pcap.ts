import { longestRecord, type CaptureInterface, type CaptureSink, type RecordReader } from './capture.ts';

/** draft-ietf-opsawg-pcap: the octets of a file's beginning, and what its times are counted in. */
const magics = [
  { magic: 0xa1b2c3d4, perMicro: 1 },
  { magic: 0xa1b23c4d, perMicro: 1000 },
] as const;

const fileHeader = 24;
const recordHeader = 16;

/** Null when the file does not begin as a pcap file does; `more` when that cannot be told yet. */
export const openPcap = (
  view: DataView,
  sink: CaptureSink,
): { readonly reader: RecordReader; readonly used: number } | 'more' | null => {
  const order = [true, false].flatMap((little) =>
    magics.flatMap(({ magic, perMicro }) => (view.getUint32(0, little) === magic ? { little, perMicro } : [])),
  )[0];
  if (order === undefined) return null;
  if (view.byteLength < fileHeader) return 'more';
  const { little, perMicro } = order;
  // The upper half may say how long the frames' check sequences are.
  const linkType = view.getUint32(20, little) & 0xffff;
  const only: CaptureInterface = { name: null, linkType, frames: 0, received: null, dropped: null };
  sink.interfaces.push(only);

  const take = (record: DataView): number | null => {
    if (record.byteLength < recordHeader) return 0;
    const kept = record.getUint32(8, little);
    const length = record.getUint32(12, little);
    if (kept > longestRecord) {
      sink.onProblem('a record of impossible length, and all that follows it');
      return null;
    }
    if (record.byteLength < recordHeader + kept) return 0;
    sink.onFrame({
      number: ++sink.frames,
      interface: only,
      micros: record.getUint32(0, little) * 1_000_000 + Math.floor(record.getUint32(4, little) / perMicro),
      bytes: new Uint8Array(record.buffer, record.byteOffset + recordHeader, kept),
      length: Math.max(length, kept),
    });
    return recordHeader + kept;
  };
  return { reader: { take }, used: fileHeader };
};
