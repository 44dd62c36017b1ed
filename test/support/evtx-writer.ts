import { crc32 } from 'node:zlib';
import type { XmlNode, XmlPart } from '../../src/formats/windows-event/tree.ts';

/** A value of a record: its type in binary XML and its bytes, or binary XML of its own. */
export type BinaryValue =
  | { readonly type: number; readonly bytes: Buffer }
  /** Elements as they are. */
  | { readonly nodes: readonly XmlNode[] }
  /** A template of its own, filled in. */
  | { readonly template: readonly XmlNode[]; readonly values: readonly BinaryValue[] };

export interface BinaryRecord {
  readonly number: number;
  /** FILETIME of the record's header. */
  readonly written?: bigint;
  /** Records with the same template object share one definition in the chunk. */
  readonly template: readonly XmlNode[];
  readonly values: readonly BinaryValue[];
}

export const utf16 = (text: string) => ({ type: 0x01, bytes: Buffer.from(text, 'utf16le') });
export const missing = { type: 0x00, bytes: Buffer.alloc(0) };

const chunkBytes = 65_536;

/** FILETIME of 2020-01-01T00:00:00Z. */
export const newYear2020 = 132_223_104_000_000_000n;

/** Writes binary XML as Windows does: names and templates stand where a chunk first uses them, and are offsets after that. */
class ChunkWriter {
  readonly bytes = Buffer.alloc(chunkBytes);
  at = 512;
  readonly #names = new Map<string, number>();
  readonly #templates = new Map<readonly XmlNode[], number>();

  u8(value: number): void {
    this.at = this.bytes.writeUInt8(value, this.at);
  }

  u16(value: number): void {
    this.at = this.bytes.writeUInt16LE(value, this.at);
  }

  u32(value: number): void {
    this.at = this.bytes.writeUInt32LE(value, this.at);
  }

  raw(bytes: Buffer): void {
    this.at += bytes.copy(this.bytes, this.at);
  }

  name(text: string): void {
    const known = this.#names.get(text);
    if (known !== undefined) return this.u32(known);
    const offset = this.at + 4;
    this.#names.set(text, offset);
    this.u32(offset);
    this.u32(0);
    let hash = 0;
    for (let index = 0; index < text.length; index++) hash = (Math.imul(hash, 65599) + text.charCodeAt(index)) >>> 0;
    this.u16(hash & 0xffff);
    this.u16(text.length);
    this.raw(Buffer.from(`${text}\0`, 'utf16le'));
  }

  /** Writes a u32 that says how many bytes follow it. */
  sized(write: () => void): void {
    const at = this.at;
    this.u32(0);
    write();
    this.bytes.writeUInt32LE(this.at - at - 4, at);
  }

  node(node: XmlNode, hasDependencies: boolean): void {
    if (node.kind === 'instance') {
      // Only hostile logs have a template in a template: a use of the definition at that offset, without values.
      this.raw(Buffer.from([0x0c, 1, 0, 0, 0, 0]));
      this.u32(node.offset);
      return this.u32(0);
    }
    if (node.kind !== 'element') return this.part(node);
    this.u8(node.attributes.length > 0 ? 0x41 : 0x01);
    if (hasDependencies) this.u16(0xffff);
    this.sized(() => {
      this.name(node.name);
      if (node.attributes.length > 0) {
        this.sized(() => {
          node.attributes.forEach((attribute, index) => {
            this.u8(index + 1 < node.attributes.length ? 0x46 : 0x06);
            this.name(attribute.name);
            for (const part of attribute.parts) this.part(part);
          });
        });
      }
      if (node.children.length === 0) return this.u8(0x03);
      this.u8(0x02);
      for (const child of node.children) this.node(child, hasDependencies);
      this.u8(0x04);
    });
  }

  part(part: XmlPart): void {
    if (part.kind === 'text') {
      this.u8(0x05);
      this.u8(0x01);
      this.u16(part.text.length);
      this.raw(Buffer.from(part.text, 'utf16le'));
    } else {
      this.u8(part.isOptional ? 0x0e : 0x0d);
      this.u16(part.index);
      this.u8(0x01);
    }
  }

  fragmentHeader(): void {
    this.raw(Buffer.from([0x0f, 1, 1, 0]));
  }

  instance(template: readonly XmlNode[], values: readonly BinaryValue[]): void {
    this.u8(0x0c);
    this.u8(1);
    this.u32(0);
    const known = this.#templates.get(template);
    if (known === undefined) {
      this.#templates.set(template, this.at + 4);
      this.u32(this.at + 4);
      this.raw(Buffer.alloc(20));
      this.sized(() => {
        this.fragmentHeader();
        for (const node of template) this.node(node, true);
        this.u8(0x00);
      });
    } else this.u32(known);
    this.u32(values.length);
    const descriptors = this.at;
    this.raw(Buffer.alloc(values.length * 4));
    values.forEach((value, index) => {
      const at = this.at;
      this.value(value);
      this.bytes.writeUInt16LE(this.at - at, descriptors + index * 4);
      this.bytes.writeUInt8('type' in value ? value.type : 0x21, descriptors + index * 4 + 2);
    });
  }

  value(value: BinaryValue): void {
    if ('type' in value) return this.raw(value.bytes);
    this.fragmentHeader();
    if ('template' in value) this.instance(value.template, value.values);
    else for (const node of value.nodes) this.node(node, false);
    this.u8(0x00);
  }

  record({ number, written = newYear2020, template, values }: BinaryRecord): void {
    const start = this.at;
    this.u32(0x2a2a);
    this.u32(0);
    this.at = this.bytes.writeBigUInt64LE(BigInt(number), this.at);
    this.at = this.bytes.writeBigUInt64LE(written, this.at);
    this.fragmentHeader();
    this.instance(template, values);
    this.u8(0x00);
    const size = this.at - start + 4;
    this.u32(size);
    this.bytes.writeUInt32LE(size, start + 4);
  }
}

export const chunkOf = (records: readonly BinaryRecord[]): Buffer => {
  const writer = new ChunkWriter();
  for (const record of records) writer.record(record);
  return seal(writer.bytes, writer.at);
};

/** Puts the header and its checksums on a chunk whose records end at `end`. */
export const seal = (bytes: Buffer, end: number): Buffer => {
  bytes.write('ElfChnk\0', 'latin1');
  bytes.writeUInt32LE(128, 40);
  bytes.writeUInt32LE(end, 48);
  bytes.writeUInt32LE(crc32(bytes.subarray(512, end)), 52);
  bytes.writeUInt32LE(crc32(bytes.subarray(128, 512), crc32(bytes.subarray(0, 120))), 124);
  return bytes;
};

export const fileOf = (chunks: readonly Buffer[]): Buffer => {
  const header = Buffer.alloc(4096);
  header.write('ElfFile\0', 'latin1');
  header.writeUInt16LE(4096, 40);
  header.writeUInt16LE(chunks.length, 42);
  return Buffer.concat([header, ...chunks]);
};
