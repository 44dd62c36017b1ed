import type { XmlAttribute, XmlElement, XmlNode, XmlPart } from '../windows-event/tree.ts';
import { Cursor } from './cursor.ts';
import { Damaged } from './damaged.ts';
import type { Names } from './names.ts';
import { token, hasMore } from './tokens.ts';
import { skipInstance } from './instance.ts';

interface FragmentParser {
  readonly names: Names;
  readonly cursor: Cursor;
  /** Elements of templates carry a number of what they depend on; those inside a value do not. */
  readonly hasDependencies: boolean;
}

/** Real events nest six deep. */
const deepest = 64;

/** The tree of a run of binary XML, up to its end token or the end of the range. Throws Damaged. */
export const parseFragment = (
  names: Names,
  chunk: Buffer,
  start: number,
  end: number,
  hasDependencies: boolean,
): readonly XmlNode[] => {
  const parser = { names, cursor: new Cursor(chunk, start, end), hasDependencies };
  const nodes: XmlNode[] = [];
  while (parser.cursor.left > 0 && parser.cursor.bytes[parser.cursor.at] !== token.end) {
    const node = parseNode(parser, 0);
    if (node !== null) nodes.push(node);
  }
  return nodes;
};

const parseNode = (parser: FragmentParser, depth: number): XmlNode | null => {
  const { cursor } = parser;
  const at = cursor.at;
  const kind = cursor.u8();
  switch (kind & ~hasMore) {
    case token.fragment:
      cursor.take(3);
      return null;
    case token.openElement:
      if (depth >= deepest) throw new Damaged('elements are nested too deep');
      return parseElement(parser, kind, depth);
    case token.instance:
      skipInstance(cursor);
      return { kind: 'instance', offset: at };
    default:
      return parsePart(parser, kind);
  }
};

/** Null for what is no text: processing instructions. */
const parsePart = ({ names, cursor }: FragmentParser, kind: number): XmlPart | null => {
  switch (kind & ~hasMore) {
    case token.value:
      if (cursor.u8() !== 1) throw new Damaged('a text is not of type text');
      return { kind: 'text', text: cursor.text() };
    case token.cdata:
      return { kind: 'text', text: cursor.text() };
    case token.characterReference:
      return { kind: 'text', text: String.fromCharCode(cursor.u16()) };
    case token.entityReference:
      return { kind: 'text', text: entity(parseName(names, cursor)) };
    case token.normalValue:
    case token.optionalValue: {
      const index = cursor.u16();
      cursor.take(1);
      return { kind: 'value', index, isOptional: (kind & ~hasMore) === token.optionalValue };
    }
    case token.instructionTarget:
      parseName(names, cursor);
      return null;
    case token.instructionData:
      cursor.text();
      return null;
    default:
      throw new Damaged('a token of binary XML is not one');
  }
};

const entities: ReadonlyMap<string, string> = new Map(
  Object.entries({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }),
);

const entity = (name: string): string => entities.get(name) ?? `&${name};`;

/** A name by its offset; where it is used first it stands right here. */
const parseName = (names: Names, cursor: Cursor): string => {
  const offset = cursor.u32();
  const name = names.at(offset);
  if (offset === cursor.at) cursor.take(names.sizeAt(offset));
  return name;
};

const parseElement = (parser: FragmentParser, kind: number, depth: number): XmlElement => {
  const { names, cursor } = parser;
  if (dependencyStands(parser)) cursor.take(2);
  cursor.take(4);
  const name = parseName(names, cursor);
  const attributes = (kind & hasMore) === 0 ? [] : parseAttributes(parser);
  const closing = cursor.u8();
  if (closing === token.closeEmptyElement) return { kind: 'element', name, attributes, children: [] };
  if (closing !== token.closeStartElement) throw new Damaged('an element does not begin as it must');
  const children: XmlNode[] = [];
  while (cursor.bytes[cursor.at] !== token.endElement) {
    const node = parseNode(parser, depth + 1);
    if (node !== null) children.push(node);
  }
  cursor.take(1);
  return { kind: 'element', name, attributes, children };
};

/** The name's own hash tells where the element's name is; without it writers differ. */
const dependencyStands = ({ names, cursor, hasDependencies }: FragmentParser): boolean => {
  const nameStands = (offset: number): boolean =>
    cursor.at + offset + 4 <= cursor.end && names.isAt(cursor.bytes.readUInt32LE(cursor.at + offset));
  if (nameStands(hasDependencies ? 6 : 4)) return hasDependencies;
  return nameStands(hasDependencies ? 4 : 6) ? !hasDependencies : hasDependencies;
};

const parseAttributes = (parser: FragmentParser): readonly XmlAttribute[] => {
  const { names, cursor } = parser;
  const attributes: XmlAttribute[] = [];
  cursor.take(4);
  while (((cursor.bytes[cursor.at] ?? 0) & ~hasMore) === token.attribute) {
    cursor.take(1);
    const name = parseName(names, cursor);
    const parts: XmlPart[] = [];
    while (!endsAttribute(cursor.bytes[cursor.at] ?? 0)) {
      const part = parsePart(parser, cursor.u8());
      if (part !== null) parts.push(part);
    }
    attributes.push({ name, parts });
  }
  return attributes;
};

const endsAttribute = (byte: number): boolean =>
  (byte & ~hasMore) === token.attribute || byte === token.closeStartElement || byte === token.closeEmptyElement;
