import type { FunctionDefinition, Parameter, ScriptBlock } from './ast.ts';
import { parseParameters } from './parameters.ts';
import { parseScriptBlockBody } from './script-blocks.ts';
import type { Source } from './source.ts';
import { readWord } from './words.ts';

/** Parameters in parentheses after the name mean the same as a `param` block. */
const withParameters = (body: ScriptBlock, parameters: readonly Parameter[] | null): ScriptBlock =>
  parameters === null ? body : { ...body, parameters };

export const parseFunction = (source: Source, start: number): FunctionDefinition => {
  const filter = source.text.charAt(start + 1).toLowerCase() === 'i';
  source.skipBlanks();
  const name = readWord(source);
  if (name.kind !== 'string') {
    source.fail('MissingFunctionName', `Missing name after ${filter ? 'filter' : 'function'} keyword.`, name.extent);
  }
  source.skipLines();
  const parameters = source.peek() === '(' ? parseParameters(source) : null;
  source.skipLines();
  if (source.peek() !== '{') source.fail('MissingFunctionBody', 'Missing function body in function declaration.');
  const body = withParameters(parseScriptBlockBody(source), parameters);
  const bare = name.value.replace(/^(global|script|local|private):/i, '');
  // A filter's statements are its process block.
  const filtered = filter && body.process === null ? { ...body, process: body.end, end: null } : body;
  return { kind: 'function', extent: source.from(start), name: bare, filter, body: filtered };
};
