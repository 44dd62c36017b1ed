import { parseElements, type XmlElement } from './parse-xml.ts';

/** A step down: an element's name, and which of several. */
interface Step {
  readonly name: string;
  readonly which: { readonly kind: 'first' | 'last' } | { readonly kind: 'index'; readonly index: number } | Attribute;
}

interface Attribute {
  readonly kind: 'attribute';
  readonly name: string;
  readonly value: string;
}

interface XmlPath {
  readonly steps: readonly Step[];
  /** What is taken of the element: its text, an attribute, or the element. */
  readonly take: { readonly kind: 'text' | 'element' } | { readonly kind: 'attribute'; readonly name: string };
}

const stepPattern = /^(?!\.+$)([\w.-]+|\*)(?:\[(?:(\d+)|(last\(\))|@([\w.:-]+)\s*=\s*["']?([^"'\]]*)["']?)\])?$/;

const parseStep = (text: string): Step | null => {
  const match = stepPattern.exec(text);
  if (match === null) return null;
  const [, name = '', index, last, attribute, value = ''] = match;
  if (index !== undefined) return { name, which: { kind: 'index', index: Number(index) } };
  if (last !== undefined) return { name, which: { kind: 'last' } };
  if (attribute !== undefined) return { name, which: { kind: 'attribute', name: attribute, value } };
  return { name, which: { kind: 'first' } };
};

/** The subset of XPath that knows only the way down: `/a/b[2]/text()`, `/a/b[@id=5]/@role`. Null for anything else. */
const parsePath = (path: string): XmlPath | null => {
  if (!path.startsWith('/') || path.includes('//')) return null;
  const parts = path.slice(1).split('/');
  const last = parts.at(-1) ?? '';
  const take: XmlPath['take'] =
    last === 'text()'
      ? { kind: 'text' }
      : last.startsWith('@')
        ? { kind: 'attribute', name: last.slice(1) }
        : { kind: 'element' };
  const steps = (take.kind === 'element' ? parts : parts.slice(0, -1)).map(parseStep);
  return steps.includes(null) || steps.length === 0 ? null : { steps: steps.filter((step) => step !== null), take };
};

export const isPath = (path: string): boolean => parsePath(path) !== null;

const attributeOf = (element: XmlElement, name: string): string | null =>
  element.attributes.find(([key]) => key === name)?.[1] ?? null;

const chosen = (elements: readonly XmlElement[], { which }: Step): readonly XmlElement[] => {
  switch (which.kind) {
    case 'index':
      return elements.slice(which.index - 1, which.index);
    case 'last':
      return elements.slice(-1);
    case 'attribute':
      return elements.filter((element) => attributeOf(element, which.name) === which.value);
    case 'first':
      return elements;
  }
};

/** All text inside an element. */
const textOf = (element: XmlElement): string => element.text + element.children.map(textOf).join('');

/** What stands at a path of a document, the first where several do; null where nothing does, or the text is no document. */
export const xmlAt = (text: string, path: string): string | null => {
  const parsed = parsePath(path);
  const root = parseElements(text.trim());
  if (parsed === null || root === null) return null;
  let found: readonly XmlElement[] = [root];
  for (const step of parsed.steps)
    found = found.flatMap(({ children }) =>
      chosen(
        children.filter(({ name }) => step.name === '*' || name === step.name),
        step,
      ),
    );
  const { take } = parsed;
  if (take.kind === 'attribute')
    return found.map((element) => attributeOf(element, take.name)).find((value) => value !== null) ?? null;
  const [first] = found;
  if (first === undefined) return null;
  return take.kind === 'text' ? first.text : textOf(first);
};
