// XML 1.0 has no way to write these at all, not even as a reference; `u` makes a lone surrogate one of them.
const illegal = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

const legal = (text: string): string => text.replace(illegal, '');

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** Text as XML, in an element or an attribute. Line ends are references: a reader would make spaces of them in an attribute. */
export const xmlText = (text: string): string => legal(text).replace(/[&<>"\t\n\r]/g, (c) => escapes[c] ?? c);

/** Text in CDATA; its end inside the text is split over two sections. */
export const xmlCdata = (text: string): string => `<![CDATA[${legal(text).replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;

/** An element with its children, already XML, on lines of their own. */
export const xmlElement = (
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  children: readonly string[] = [],
): string => {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${xmlText(String(value))}"`);
  const open = `<${name}${written.join('')}`;
  return children.length === 0 ? `${open}/>` : `${open}>\n${children.join('\n')}\n</${name}>`;
};

/** An element that holds text and nothing else. */
export const xmlTextElement = (name: string, attributes: Readonly<Record<string, string>>, content: string): string => {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${xmlText(value)}"`);
  return `<${name}${written.join('')}>${content}</${name}>`;
};
