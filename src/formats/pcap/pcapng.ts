import { longestRecord, type CaptureSink, type RecordReader } from './capture.ts';

/** draft-ietf-opsawg-pcapng. */
const sectionHeader = 0x0a0d0d0a;
const interfaceDescription = 1;
const simplePacket = 3;
const interfaceStatistics = 5;
const enhancedPacket = 6;

const byteOrderMagic = 0x1a2b3c4d;

const option = { end: 0, name: 2, received: 4, resolution: 9, dropped: 7, offset: 14 } as const;

interface Clock {
  readonly perSecond: bigint;
  readonly offsetSeconds: bigint;
}

export const isPcapng = (view: DataView): boolean => view.getUint32(0) === sectionHeader;

export const openPcapng = (sink: CaptureSink): RecordReader => {
  let little = true;
  /** Interfaces are numbered anew in each section. */
  let base = 0;
  const clocks: Clock[] = [];

  const damaged = (what: string): null => {
    sink.onProblem(`${what}, and all that follows it`);
    return null;
  };

  const take = (view: DataView): number | null => {
    if (view.byteLength < 12) return 0;
    if (view.getUint32(0) === sectionHeader) {
      const magic = view.getUint32(8, true);
      if (magic !== byteOrderMagic && view.getUint32(8) !== byteOrderMagic)
        return damaged('a section whose byte order is not known');
      little = magic === byteOrderMagic;
      base = sink.interfaces.length;
    }
    const length = view.getUint32(4, little);
    if (length < 12 || length % 4 !== 0 || length > longestRecord) return damaged('a block of impossible length');
    if (view.byteLength < length) return 0;
    if (view.getUint32(length - 4, little) !== length) return damaged('a block that ends in another length');
    onBlock(view.getUint32(0, little), new DataView(view.buffer, view.byteOffset + 8, length - 12));
    return length;
  };

  const onBlock = (type: number, body: DataView): void => {
    if (type === interfaceDescription) describe(body);
    else if (type === enhancedPacket) onPacket(body);
    else if (type === interfaceStatistics) onStatistics(body);
    else if (type === simplePacket) sink.onProblem('a frame without its time');
  };

  const describe = (body: DataView): void => {
    const tells = body.byteLength < 8 ? new Map<number, DataView>() : readOptions(body, 8, little);
    const linkType = body.byteLength < 8 ? -1 : body.getUint16(0, little);
    if (linkType === -1) sink.onProblem('an interface that is not described');
    const name = tells.get(option.name);
    sink.interfaces.push({
      name: name === undefined ? null : textOf(name),
      linkType,
      frames: 0,
      received: null,
      dropped: null,
    });
    clocks.push(clockOf(tells, little));
  };

  const onPacket = (body: DataView): void => {
    if (body.byteLength < 20) return sink.onProblem('a frame without its header');
    const index = base + body.getUint32(0, little);
    const owner = sink.interfaces[index];
    const clock = clocks[index];
    const kept = body.getUint32(12, little);
    if (owner === undefined || clock === undefined)
      return sink.onProblem('a frame of an interface that is not described');
    if (kept > body.byteLength - 20) return sink.onProblem('a frame longer than its block');
    const ticks = (BigInt(body.getUint32(4, little)) << 32n) | BigInt(body.getUint32(8, little));
    sink.onFrame({
      number: ++sink.frames,
      interface: owner,
      micros: Number((ticks * 1_000_000n) / clock.perSecond + clock.offsetSeconds * 1_000_000n),
      bytes: new Uint8Array(body.buffer, body.byteOffset + 20, kept),
      length: Math.max(body.getUint32(16, little), kept),
    });
  };

  const onStatistics = (body: DataView): void => {
    if (body.byteLength < 12) return sink.onProblem('statistics that are cut off');
    const owner = sink.interfaces[base + body.getUint32(0, little)];
    if (owner === undefined) return sink.onProblem('statistics of an interface that is not described');
    const tells = readOptions(body, 12, little);
    owner.received = counterOf(tells.get(option.received), little);
    owner.dropped = counterOf(tells.get(option.dropped), little);
  };

  return { take };
};

/** The first of each kind. What is cut off is left out. */
const readOptions = (body: DataView, from: number, little: boolean): ReadonlyMap<number, DataView> => {
  const found = new Map<number, DataView>();
  for (let offset = from; offset + 4 <= body.byteLength;) {
    const code = body.getUint16(offset, little);
    const length = body.getUint16(offset + 2, little);
    if (code === option.end || offset + 4 + length > body.byteLength) break;
    if (!found.has(code)) found.set(code, new DataView(body.buffer, body.byteOffset + offset + 4, length));
    offset += 4 + Math.ceil(length / 4) * 4;
  }
  return found;
};

const counterOf = (value: DataView | undefined, little: boolean): number | null =>
  value?.byteLength === 8 ? Number(value.getBigUint64(0, little)) : null;

const clockOf = (tells: ReadonlyMap<number, DataView>, little: boolean): Clock => {
  const resolution = tells.get(option.resolution);
  const offset = tells.get(option.offset);
  const code = resolution?.byteLength === 1 ? resolution.getUint8(0) : 6;
  const exponent = BigInt(code & 0x7f);
  return {
    perSecond: (code & 0x80) === 0 ? 10n ** exponent : 2n ** exponent,
    offsetSeconds: offset?.byteLength === 8 ? offset.getBigInt64(0, little) : 0n,
  };
};

const textOf = (view: DataView): string => Buffer.from(view.buffer, view.byteOffset, view.byteLength).toString('utf8');
