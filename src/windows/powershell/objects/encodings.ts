import { convert } from '../values/convert.ts';
import { toText } from '../values/text.ts';
import { PsObject, type Value } from '../values/value.ts';

/** A System.Text.Encoding: text to bytes and back. */
export const encodingObject = (encoding: 'utf8' | 'utf16le' | 'ascii' | 'latin1'): PsObject => {
  const bytesOf = (value: Value | undefined): Uint8Array => convert(value ?? null, 'byte[]') as Uint8Array;
  return new PsObject(['System.Text.Encoding'], [], {
    methods: {
      getbytes: ([text]) => Uint8Array.from(Buffer.from(toText(text ?? null), encoding)),
      getstring: ([bytes]) => Buffer.from(bytesOf(bytes)).toString(encoding),
      getbytecount: ([text]) => Buffer.byteLength(toText(text ?? null), encoding),
    },
  });
};
