import { suggestionHint } from '../../../util/suggest.ts';
import type { ConditionNode, ConditionProblem, ConditionSyntax } from './condition.ts';

export interface ResolvedCondition {
  readonly condition: ConditionNode;
  readonly problems: readonly ConditionProblem[];
}

/** Looks names and patterns up among the rule's selections. */
export const resolveCondition = (
  syntax: ConditionSyntax,
  text: string,
  names: readonly string[],
): ResolvedCondition => {
  const problems: ConditionProblem[] = [];
  const resolve = (node: ConditionSyntax): ConditionNode => {
    const source = text.slice(node.start, node.end);
    switch (node.kind) {
      case 'and':
      case 'or':
        return { kind: node.kind, of: node.of.map(resolve), text: source };
      case 'not':
        return { kind: 'not', of: resolve(node.of), text: source };
      case 'name':
        if (!names.includes(node.name)) {
          const message = `there is no selection "${node.name}"`;
          problems.push({ message, hint: suggestionHint(node.name, names), start: node.start, end: node.end });
        }
        return { kind: 'selection', name: node.name };
      case 'quantified': {
        const meant = selectNames(node.pattern, names);
        if (meant.length === 0) {
          const message = `no selection is meant by "${source}"`;
          problems.push({ message, hint: suggestionHint(node.pattern, names), start: node.start, end: node.end });
        }
        const of = meant.map((name): ConditionNode => ({ kind: 'selection', name }));
        return { kind: node.quantity === 'all' ? 'and' : 'or', of, text: source };
      }
    }
  };
  return { condition: resolve(syntax), problems };
};

/** Names with `_` in front are for the rule's own use: only a pattern that says so means them. */
const selectNames = (pattern: string, names: readonly string[]): readonly string[] => {
  const free = pattern.startsWith('_') ? names : names.filter((name) => !name.startsWith('_'));
  if (pattern === 'them') return free;
  const parts = pattern.split('*').map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`));
  const test = new RegExp(`^${parts.join('.*')}$`, 'su');
  return free.filter((name) => test.test(name));
};
