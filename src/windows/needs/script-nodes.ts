import type { Command, Pipeline, ScriptBlock, Statement } from '../powershell/syntax/ast.ts';
import type { Expression } from '../powershell/syntax/expression-ast.ts';

export type ScriptNode = Statement | Expression | Command | Pipeline | ScriptBlock;

const isNode = (value: object): value is ScriptNode => 'kind' in value && 'extent' in value;

/** Every node of a syntax tree, outer ones first, in the order of the text. */
export function* scriptNodes(tree: unknown): Generator<ScriptNode> {
  if (typeof tree !== 'object' || tree === null) return;
  if (isNode(tree)) yield tree;
  for (const part of Object.values(tree)) yield* scriptNodes(part);
}
