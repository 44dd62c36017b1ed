import { elementsOf, type Node } from './kusto.ts';
import { nameOf } from './plan-name.ts';

/** An operator's `name=value` parameters. */
export const parametersOf = (list: unknown): ReadonlyMap<string, Node> =>
  new Map(elementsOf(list).map((parameter) => [nameOf(parameter['Name'] as Node), parameter['Expression'] as Node]));

/** A parameter whose value is a word (`kind=inner`) or a literal; undefined when it is not given. */
export const wordOf = (parameters: ReadonlyMap<string, Node>, name: string): string | undefined => {
  const value = parameters.get(name);
  if (value === undefined) return undefined;
  const { SimpleName: word, LiteralValue: literal, Token: token } = value;
  if (word !== undefined && word !== '') return word;
  return String((literal as string | null | undefined) ?? token?.Text ?? '');
};
