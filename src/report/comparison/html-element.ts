import { visibleText } from './visible-text.ts';
import { xmlText } from '../junit/xml.ts';

/** HTML that was made by `element`, and nothing else: text is never pasted in. */
export interface Html {
  readonly html: string;
}

export type Child = string | Html;

/** An element of HTML; children that are texts are escaped, and what cannot be seen in them is made visible. */
export const element = (
  name: string,
  attributes: Readonly<Record<string, string>>,
  children: readonly Child[] = [],
): Html => {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${xmlText(value)}"`);
  const inner = children.map((child) => (typeof child === 'string' ? xmlText(visibleText(child)) : child.html));
  return { html: `<${name}${written.join('')}>${inner.join('')}</${name}>` };
};

/** A table with a head; every cell is a text or HTML. */
export const table = (head: readonly string[], rows: readonly (readonly Child[])[]): Html =>
  element('table', {}, [
    element('thead', {}, [
      element(
        'tr',
        {},
        head.map((text) => element('th', { scope: 'col' }, [text])),
      ),
    ]),
    element(
      'tbody',
      {},
      rows.map((cells) =>
        element(
          'tr',
          {},
          cells.map((cell) => element('td', {}, [cell])),
        ),
      ),
    ),
  ]);
