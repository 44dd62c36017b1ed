import type { Block, Parameter, ScriptBlock } from './ast.ts';
import { parseAttributes, parseParameters } from './parameters.ts';
import type { Source } from './source.ts';
import { parseBlock, parseStatements } from './statements.ts';

interface Body {
  readonly parameters: readonly Parameter[] | null;
  readonly attributes: ScriptBlock['attributes'];
  readonly blocks: Partial<Record<'begin' | 'process' | 'end' | 'dynamicparam', Block>>;
}

const readParamBlock = (source: Source): Pick<Body, 'parameters' | 'attributes'> => {
  const start = source.at;
  source.skipSeparators();
  const attributes = source.peek() === '[' ? tryAttributes(source) : [];
  source.skipLines();
  if (source.match(/param(?=[\s(])\s*(?=\()/iy) === null) {
    source.at = start;
    return { parameters: null, attributes: [] };
  }
  return { parameters: parseParameters(source), attributes };
};

/** `[CmdletBinding()]` belongs to a `param` that follows; without one the bracket is an expression, which the caller reads. */
const tryAttributes = (source: Source): ScriptBlock['attributes'] => {
  if (
    !/^(?:\s*\[[\p{L}.]+\([^()]*(?:\([^()]*\)[^()]*)*\)\s*\]|\s*#[^\n]*\n)+\s*param\s*\(/iu.test(
      source.text.slice(source.at),
    )
  )
    return [];
  return parseAttributes(source).attributes;
};

const readNamedBlock = (source: Source): [keyof Body['blocks'], Block] | null => {
  const start = source.at;
  const name = source.match(/(begin|process|end|dynamicparam)(?=[\s{])/iy)?.[1]?.toLowerCase();
  if (name !== undefined) {
    source.skipLines();
    if (source.peek() === '{') return [name as keyof Body['blocks'], parseBlock(source)];
  }
  source.at = start;
  return null;
};

const readBody = (source: Source, closer: '}' | ''): Body => {
  const head = readParamBlock(source);
  const blocks: Body['blocks'] = {};
  for (;;) {
    source.skipSeparators();
    const named = readNamedBlock(source);
    if (named === null) break;
    blocks[named[0]] = named[1];
  }
  if (Object.keys(blocks).length > 0) return { ...head, blocks };
  const start = source.at;
  const statements = parseStatements(source, closer);
  return { ...head, blocks: { end: { kind: 'block', extent: source.from(start), statements } } };
};

const build = (source: Source, start: number, { parameters, attributes, blocks }: Body): ScriptBlock => ({
  kind: 'script-block',
  extent: source.from(start),
  parameters,
  attributes,
  begin: blocks.begin ?? null,
  process: blocks.process ?? null,
  end: blocks.end ?? null,
  dynamicParameters: blocks.dynamicparam ?? null,
});

/** A whole script. */
export const parseScript = (source: Source): ScriptBlock => build(source, 0, readBody(source, ''));

/** `{ … }`, with parameters and named blocks. */
export const parseScriptBlockBody = (source: Source): ScriptBlock => {
  const start = source.at++;
  const body = readBody(source, '}');
  if (!source.take('}')) {
    source.fail('MissingEndCurlyBrace', "Missing closing '}' in statement block or type definition.", {
      start,
      end: start + 1,
    });
  }
  return build(source, start, body);
};
