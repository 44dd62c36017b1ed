import { oneLine } from '../terminal/one-line.ts';

/** What a host or a rule wrote, as one line of Markdown that means itself: in a cell, a heading or a sentence. */
export const mdText = (text: string): string =>
  oneLine(text)
    .replace(/[\\`*_{}[\]()#!|~^$]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .trim()
    // No mention, no link of what looks like one, and no list at the beginning.
    .replace(/[@:]|(?<=www)\.|^[-+]|(?<=^\d+)[.)]/gi, (c) => `&#${c.charCodeAt(0)};`);

/** Text as code in a line: fenced by more backticks than it holds. `|` would end a table's cell even there. */
export const mdCode = (text: string): string => {
  const line = oneLine(text).replaceAll('|', '\u2502').trim();
  if (line === '') return '';
  const fence = '`'.repeat(longestRun(line) + 1);
  const space = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${fence}${space}${line}${space}${fence}`;
};

/** A block of code: fenced by more backticks than any of its lines. Control characters are gone, line ends stay. */
export const mdBlock = (text: string, language = ''): string => {
  const lines = text.split(/\r\n|\r|\n/).map((line) => line.replace(/\t/g, '    ').replace(unsafe, '\ufffd'));
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}${language}\n${lines.join('\n').trimEnd()}\n${fence}`;
};

const unsafe = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

const longestRun = (text: string): number => Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));

/** A table; its cells are Markdown already. */
export const mdTable = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
