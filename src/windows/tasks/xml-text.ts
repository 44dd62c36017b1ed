const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Characters that XML cannot hold at all are left out, as Windows does before it logs a task. */
const escape = (text: string): string =>
  text.replace(/[\x00-\x08\x0b\x0c\x0e-\x1f]/g, '').replace(/[&<>"]/g, (char) => escapes[char] ?? char);

export type XmlTree = readonly [name: string, content: string | number | boolean | readonly XmlTree[]];

/** Elements with two blanks a level and Windows' line ends, as the Task Scheduler writes them. */
export const renderXml = (tree: readonly XmlTree[], depth = 0): string =>
  tree
    .map(([name, content]) => {
      const indent = '  '.repeat(depth);
      const [tag = ''] = name.split(' ');
      if (!Array.isArray(content)) return `${indent}<${name}>${escape(String(content))}</${tag}>\r\n`;
      const inside = renderXml(content as readonly XmlTree[], depth + 1);
      return inside === '' ? `${indent}<${name} />\r\n` : `${indent}<${name}>\r\n${inside}${indent}</${tag}>\r\n`;
    })
    .join('');

/** Only what is there. */
export const optional = (name: string, content: string | undefined): XmlTree[] =>
  content === undefined ? [] : [[name, content]];
