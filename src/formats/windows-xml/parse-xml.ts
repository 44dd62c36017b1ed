import type { XmlAttribute, XmlElement, XmlNode, XmlPart } from '../windows-event/tree.ts';

/** Why a text is not the XML of one element. */
export class NotXml extends Error {}

const deepest = 64;
const name = /[^\s/>=<'"&]+/y;
const attribute = /\s*([^\s/>=<'"&]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y;
const tagEnd = /\s*(\/?)>/y;

/**
 * One element as event logs write them: no document type, no entities but XML's own. Prefixes of names are dropped. Throws NotXml.
 */
export const parseXml = (text: string): XmlElement => readElement({ text, at: 0 }, 0);

interface Reader {
  readonly text: string;
  at: number;
}

const match = (reader: Reader, pattern: RegExp): RegExpExecArray | null => {
  pattern.lastIndex = reader.at;
  const found = pattern.exec(reader.text);
  if (found !== null) reader.at = pattern.lastIndex;
  return found;
};

const expectMatch = (reader: Reader, pattern: RegExp, what: string): RegExpExecArray => {
  const found = match(reader, pattern);
  if (found === null) throw new NotXml(`no ${what} where one must be`);
  return found;
};

const readElement = (reader: Reader, depth: number): XmlElement => {
  if (depth > deepest) throw new NotXml('elements are nested too deep');
  if (reader.text[reader.at] !== '<') throw new NotXml('no element where one must be');
  reader.at++;
  const full = expectMatch(reader, name, 'name')[0];
  const attributes: XmlAttribute[] = [];
  for (let found = match(reader, attribute); found !== null; found = match(reader, attribute)) {
    attributes.push({ name: attributeName(found[1] ?? ''), parts: [textPart(unescape(found[2] ?? found[3] ?? ''))] });
  }
  const isEmpty = expectMatch(reader, tagEnd, 'end of a tag')[1] === '/';
  const element = { kind: 'element', name: localName(full), attributes } as const;
  return { ...element, children: isEmpty ? [] : readChildren(reader, full, depth) };
};

const readChildren = (reader: Reader, owner: string, depth: number): readonly XmlNode[] => {
  const { text } = reader;
  const children: XmlNode[] = [];
  for (;;) {
    const next = text.indexOf('<', reader.at);
    if (next < 0) throw new NotXml(`<${owner}> does not end`);
    if (next > reader.at) children.push(textPart(unescape(text.slice(reader.at, next))));
    reader.at = next;
    if (text.startsWith('</', next)) {
      reader.at = next + 2;
      if (expectMatch(reader, name, 'name')[0] !== owner) throw new NotXml(`<${owner}> ends with another name`);
      expectMatch(reader, tagEnd, 'end of a tag');
      return children;
    }
    if (text.startsWith('<![CDATA[', next)) children.push(textPart(upTo(reader, 9, ']]>')));
    else if (text.startsWith('<!--', next)) upTo(reader, 4, '-->');
    else if (text.startsWith('<?', next)) upTo(reader, 2, '?>');
    else children.push(readElement(reader, depth + 1));
  }
};

/** The text from `skip` characters on up to a mark; reads past the mark. */
const upTo = (reader: Reader, skip: number, mark: string): string => {
  const end = reader.text.indexOf(mark, reader.at + skip);
  if (end < 0) throw new NotXml(`no ${mark} where one must be`);
  const inside = reader.text.slice(reader.at + skip, end);
  reader.at = end + mark.length;
  return inside;
};

const textPart = (text: string): XmlPart => ({ kind: 'text', text });

const localName = (full: string): string => full.slice(full.indexOf(':') + 1);

const attributeName = (full: string): string => (full.startsWith('xmlns') ? 'xmlns' : localName(full));

const entities: ReadonlyMap<string, string> = new Map(
  Object.entries({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }),
);

const unescape = (text: string): string =>
  text.includes('&') ? text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w+));/gi, replaceEntity) : text;

const replaceEntity = (whole: string, decimal?: string, hex?: string, named?: string): string => {
  if (named !== undefined) return entities.get(named) ?? whole;
  const code = decimal === undefined ? parseInt(hex ?? '', 16) : Number(decimal);
  return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
};
