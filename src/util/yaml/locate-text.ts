import { isScalar } from 'yaml';
import { placeInText, type Place, type TextOrigin } from '../../model/place.ts';
import { linesOf } from '../source-file.ts';
import type { Path } from './locate.ts';
import type { YamlText } from './yaml-file.ts';

/**
 * Where a scalar's text begins in its file, such that each of its lines is a line of the file. Null when there is no such
 * place: folded blocks, escapes, values that go over several lines without being blocks.
 */
export const locateText = (yaml: YamlText, path: Path): TextOrigin | null => {
  const node = yaml.node(path);
  if (!isScalar(node) || typeof node.value !== 'string') return null;
  const { file, line, column } = yaml.place(path);
  const fileLines = linesOf(yaml.source.text);
  const textLines = linesOf(node.value);
  if (node.type !== 'BLOCK_LITERAL') {
    const quote = node.type === 'PLAIN' ? 0 : 1;
    const start = column + quote;
    const exact = textLines.length === 1 && fileLines[line - 1]?.startsWith(node.value, start - 1) === true;
    return exact ? { file, line, column: start } : null;
  }
  const first = textLines.findIndex((text) => text !== '');
  const indent = (fileLines[line + first]?.length ?? 0) - (textLines[first]?.length ?? 0);
  // A block's text begins on the line after its header, and each of its lines follows the indent.
  const exact =
    first >= 0 && textLines.every((text, index) => text === '' || text === fileLines[line + index]?.slice(indent));
  return exact ? { file, line: line + 1, column: indent + 1, indent } : null;
};

/** Where a part of a scalar's text stands; the whole scalar when that cannot be said. */
export const locateWithin = (yaml: YamlText, path: Path, index: number, length: number): Place => {
  const origin = locateText(yaml, path);
  const node = yaml.node(path);
  if (origin === null || !isScalar(node) || typeof node.value !== 'string') return yaml.place(path);
  const before = linesOf(node.value.slice(0, index));
  const start = { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
  return placeInText(origin, start, { ...start, column: start.column + length });
};
