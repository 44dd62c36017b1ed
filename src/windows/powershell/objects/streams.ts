import { gunzipSync, gzipSync, inflateRawSync, deflateRawSync } from 'node:zlib';
import { readFileSync, writeFileSync } from 'node:fs';
import { findPath } from '../../os/find-file.ts';
import { NotImplemented } from '../../os/not-implemented.ts';
import { methodFailure } from '../net/method-failure.ts';
import type { Session } from '../engine/session.ts';
import { convert } from '../values/convert.ts';
import { coerceNumber } from '../values/numbers.ts';
import { toText } from '../values/text.ts';
import { Char, PsObject, type Method, type Value } from '../values/value.ts';

const whole = (value: Value | undefined, otherwise = 0): number =>
  Number(coerceNumber(value ?? null)?.value ?? otherwise);

const part = (args: readonly Value[]): Uint8Array => {
  const bytes = convert(args[0] ?? null, 'byte[]') as Uint8Array;
  return bytes.subarray(whole(args[1]), whole(args[1]) + whole(args[2] ?? null, bytes.length));
};

/** A System.IO.MemoryStream. */
export const createMemoryStream = (args: readonly Value[]): PsObject => {
  let bytes: Uint8Array = args[0] instanceof Uint8Array ? args[0] : new Uint8Array();
  let position = 0;
  const moved = (to: number): void => {
    position = to;
    stream.set('Position', to);
    stream.set('Length', bytes.length);
  };
  const stream: PsObject = new PsObject(
    ['System.IO.MemoryStream', 'System.IO.Stream'],
    [
      ['Length', bytes.length],
      ['Position', 0],
      ['CanRead', true],
    ],
    {
      onSet: { position: (value) => moved(whole(value)) },
      methods: {
        read: ([buffer, offset, count]) => {
          if (!(buffer instanceof Uint8Array)) return 0;
          const chunk = bytes.subarray(position, position + whole(count));
          buffer.set(chunk, whole(offset));
          moved(position + chunk.length);
          return chunk.length;
        },
        write: (given) => {
          const chunk = part(given);
          const grown = new Uint8Array(Math.max(bytes.length, position + chunk.length));
          grown.set(bytes);
          grown.set(chunk, position);
          bytes = grown;
          moved(position + chunk.length);
          return null;
        },
        seek: ([offset]) => {
          moved(whole(offset));
          return BigInt(position);
        },
        toarray: () => Uint8Array.from(bytes),
        ...closing(),
      },
    },
  );
  return stream;
};

const closing = (close: () => Promise<null> | null = () => null): Record<string, Method> => ({
  flush: () => null,
  close,
  dispose: close,
});

const isStream = (value: Value | undefined): value is PsObject =>
  value instanceof PsObject && value.options.methods?.['read'] !== undefined;

/** What is left of a stream. */
export const drain = async (stream: PsObject): Promise<Uint8Array> => {
  const chunks: Uint8Array[] = [];
  for (;;) {
    const buffer = new Uint8Array(65_536);
    const count = whole((await stream.options.methods?.['read']?.([buffer, 0, buffer.length])) ?? 0);
    if (count === 0) return Buffer.concat(chunks);
    chunks.push(buffer.subarray(0, count));
  }
};

const put = async (stream: PsObject, bytes: Uint8Array): Promise<void> => {
  await stream.options.methods?.['write']?.([bytes, 0, bytes.length]);
};

const codecs = {
  gzip: { unpack: gunzipSync, pack: gzipSync },
  deflate: { unpack: inflateRawSync, pack: deflateRawSync },
} as const;

/** GZipStream and DeflateStream over another stream, one way or the other. */
export const createCompressionStream =
  (kind: keyof typeof codecs) =>
  ([inner, mode]: readonly Value[]): PsObject => {
    if (!isStream(inner)) throw new NotImplemented(`${kind} of something that is no stream`);
    const unpacks = /decompress|^0$/i.test(toText(mode ?? null));
    const written: Uint8Array[] = [];
    let unpacked: PsObject | null = null;
    const source = async (): Promise<PsObject> => {
      const bytes = await drain(inner);
      try {
        return createMemoryStream([Uint8Array.from(codecs[kind].unpack(bytes))]);
      } catch {
        throw methodFailure(
          'Read',
          3,
          'System.IO.InvalidDataException',
          'The magic number in GZip header is not correct. Make sure you are passing in a GZip stream.',
        );
      }
    };
    return new PsObject(
      [`System.IO.Compression.${kind === 'gzip' ? 'GZipStream' : 'DeflateStream'}`, 'System.IO.Stream'],
      [['BaseStream', inner]],
      {
        methods: {
          read: async (args) => {
            unpacked ??= await source();
            return (await unpacked.options.methods?.['read']?.(args)) ?? 0;
          },
          write: (args) => {
            written.push(part(args));
            return null;
          },
          copyto: async ([target]) => {
            unpacked ??= await source();
            if (isStream(target)) await put(target, await drain(unpacked));
            return null;
          },
          ...closing(async () => {
            if (!unpacks) await put(inner, codecs[kind].pack(Buffer.concat(written.splice(0))));
            return null;
          }),
        },
      },
    );
  };

const fileOf = (path: string, { location, machine }: Session): string => {
  const file = findPath(path, location, machine.drive);
  if (file === null) throw new NotImplemented(`a stream of ${path}`);
  return file.host;
};

/** A System.IO.StreamReader of a stream or a file. Bytes that have come are text at once; only `ReadToEnd` waits for the end. */
export const createStreamReader = ([source]: readonly Value[], session: Session): PsObject => {
  const stream = isStream(source)
    ? source
    : createMemoryStream([Uint8Array.from(readFileSync(fileOf(toText(source ?? null), session)))]);
  const decoder = new TextDecoder('utf-8');
  let text = '';
  let ended = false;
  const more = async (): Promise<boolean> => {
    const buffer = new Uint8Array(4096);
    const count = whole((await stream.options.methods?.['read']?.([buffer, 0, buffer.length])) ?? 0);
    text += decoder.decode(buffer.subarray(0, count), { stream: count > 0 });
    ended = count === 0;
    reader.set('EndOfStream', ended && text === '');
    return !ended;
  };
  const reader: PsObject = new PsObject(
    ['System.IO.StreamReader', 'System.IO.TextReader'],
    [
      ['EndOfStream', false],
      ['BaseStream', stream],
    ],
    {
      methods: {
        readtoend: async () => {
          while (await more());
          const all = text;
          text = '';
          return all;
        },
        readline: async () => {
          while (!text.includes('\n') && !ended) await more();
          if (text === '') return null;
          const [line = ''] = text.split('\n', 1);
          text = text.slice(line.length + 1);
          return line.replace(/\r$/, '');
        },
        read: async () => {
          if (text === '' && !ended) await more();
          const code = text === '' ? -1 : text.charCodeAt(0);
          text = text.slice(1);
          return code;
        },
        ...closing(),
      },
    },
  );
  return reader;
};

/** A System.IO.StreamWriter onto a stream or a file. */
export const createStreamWriter = ([target, append]: readonly Value[], session: Session): PsObject => {
  const stream = target instanceof PsObject && target.options.methods?.['write'] !== undefined ? target : null;
  const path = stream === null ? fileOf(toText(target ?? null), session) : '';
  if (stream === null) writeFileSync(path, '', { flag: append === true ? 'a' : 'w' });
  let pending = '';
  const flush = async (): Promise<null> => {
    const bytes = Buffer.from(pending, 'utf8');
    pending = '';
    if (stream === null) writeFileSync(path, bytes, { flag: 'a' });
    else if (bytes.length > 0) await put(stream, Uint8Array.from(bytes));
    return null;
  };
  const write = async (text: string): Promise<null> => {
    pending += text;
    return writer.get('AutoFlush') === true ? flush() : null;
  };
  const textOf = (value: Value | undefined): string =>
    Array.isArray(value) && value.every((item) => item instanceof Char)
      ? value.map(toText).join('')
      : toText(value ?? null);
  const writer: PsObject = new PsObject(
    ['System.IO.StreamWriter', 'System.IO.TextWriter'],
    [
      ['AutoFlush', false],
      ['BaseStream', stream],
      ['NewLine', '\r\n'],
    ],
    {
      methods: {
        write: ([value]) => write(textOf(value)),
        writeline: ([value]) => write(`${textOf(value)}${toText(writer.get('NewLine'))}`),
        ...closing(flush),
        flush,
      },
    },
  );
  return writer;
};
