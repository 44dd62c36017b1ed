import type { Redirection, Stream } from './ast.ts';
import { parseArgument } from './commands.ts';
import type { Source } from './source.ts';

const streams: Readonly<Record<string, Stream>> = {
  '*': 'all',
  '1': 'output',
  '2': 'error',
  '3': 'warning',
  '4': 'verbose',
  '5': 'debug',
  '6': 'information',
};

/** `> file`, `2>> file`, `2>&1`, where one starts here. */
export const readRedirection = (source: Source): Redirection | null => {
  const start = source.at;
  if (source.peek() === '<') {
    return source.fail('RedirectionNotSupported', "The '<' operator is reserved for future use.", {
      start,
      end: start + 1,
    });
  }
  const found = source.match(/([1-6*]?)>(?:&([12])|(>?))/y);
  if (found === null) return null;
  const stream = streams[found[1] || '1'] ?? 'output';
  if (found[2] !== undefined)
    return { kind: 'merge', extent: source.from(start), from: stream, to: streams[found[2]] ?? 'output' };
  source.skipBlanks();
  if (source.atEnd || /[\r\n;|)}]/.test(source.peek())) {
    source.fail('MissingFileSpecification', 'Missing file specification after redirection operator.');
  }
  const target = parseArgument(source);
  return { kind: 'file', extent: source.from(start), stream, append: found[3] === '>', target };
};
