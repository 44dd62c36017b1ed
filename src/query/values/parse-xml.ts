import type { Dynamic } from './dynamic.ts';

/** An element of a document; `text` is all of its own characters. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: readonly (readonly [string, string])[];
  readonly children: XmlElement[];
  text: string;
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

const decode = (text: string): string =>
  text.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|\w+);/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return entities[name] ?? whole;
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });

// Declarations, comments, character data, tags, text. Entities that a document declares for itself are never expanded.
const token =
  /<\?[\s\S]*?\?>|<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>|<!DOCTYPE[^>[]*(?:\[[^\]]*\])?\s*>|<\/\s*([^\s>]+)\s*>|<([^\s/>!?]+)((?:\s+[^\s=/>]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>|([^<]+)/gy;
const attribute = /([^\s=/>]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

const attributesOf = (text: string): XmlElement['attributes'] =>
  [...text.matchAll(attribute)].map((match) => [match[1] ?? '', decode(match[2] ?? match[3] ?? '')] as const);

/** Hostile documents nest. */
const deepest = 200;

/** A document's root, whose only child is the top element; null when the text is none. */
export const parseElements = (text: string): XmlElement | null => {
  const root: XmlElement = { name: '', attributes: [], children: [], text: '' };
  const open: XmlElement[] = [root];
  token.lastIndex = 0;
  for (let at = 0; at < text.length; at = token.lastIndex) {
    const match = token.exec(text);
    const current = open.at(-1);
    if (match === null || current === undefined || open.length > deepest) return null;
    const [, characters, closing, name, attributes = '', selfClosing, plain] = match;
    if (characters !== undefined) current.text += characters;
    else if (plain !== undefined) current.text += decode(plain);
    else if (closing !== undefined) {
      if (open.length === 1 || current.name !== closing) return null;
      open.pop();
    } else if (name !== undefined) {
      const element: XmlElement = { name, attributes: attributesOf(attributes), children: [], text: '' };
      current.children.push(element);
      if (selfClosing !== '/') open.push(element);
    }
  }
  return open.length === 1 && root.children.length === 1 ? root : null;
};

/** Attributes as `@name`, repeated children as an array, text as `#text` beside others. */
const toDynamic = ({ attributes, children, text }: XmlElement): Dynamic => {
  const trimmed = text.trim();
  if (attributes.length === 0 && children.length === 0) return trimmed === '' ? null : text;
  const bag = new Map<string, Dynamic>(attributes.map(([name, value]) => [`@${name}`, value]));
  for (const [name, same] of Map.groupBy(children, (child) => child.name)) {
    const [only] = same;
    bag.set(name, same.length === 1 && only !== undefined ? toDynamic(only) : same.map(toDynamic));
  }
  if (trimmed !== '') bag.set('#text', text);
  return bag;
};

/** An XML document as a dynamic value; null when it is none. */
export const parseXml = (text: string): Dynamic => {
  const root = parseElements(text.trim());
  const [top] = root?.children ?? [];
  return top === undefined ? null : new Map([[top.name, toDynamic(top)]]);
};
