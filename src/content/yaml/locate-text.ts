import { isScalar } from 'yaml';
import type { TextOrigin } from '../../model/place.ts';
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
