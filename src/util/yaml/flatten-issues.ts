import type { z } from 'zod';

export type Issue = z.core.$ZodIssue;

/** Replaces "no branch of the union fits" by the complaints of the branch that was meant. */
export const flattenIssues = (issues: readonly Issue[]): Issue[] =>
  issues.flatMap((issue) => {
    if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue];
    const meant = issue.errors
      .filter((branch) => branch.some((inner) => depthOf(inner) > 0 || inner.code !== 'invalid_type'))
      .sort((a, b) => deepest(b) - deepest(a) || a.length - b.length)[0];
    if (meant === undefined) return [issue];
    return flattenIssues(meant.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] })));
  });

// The branch that was understood furthest is the one that was meant. An unknown key stands in the mapping it is said of.
const depthOf = (issue: Issue): number => issue.path.length + (issue.code === 'unrecognized_keys' ? 1 : 0);

const deepest = (branch: readonly Issue[]): number => Math.max(...branch.map(depthOf));

/** What the branches of a union would have taken, when the value has the wrong type for all of them. */
export const expectedTypes = (issue: Issue): string[] => {
  if (issue.code === 'invalid_type') return [issue.expected];
  return issue.code === 'invalid_union' ? [...new Set(issue.errors.flat().flatMap(expectedTypes))] : [];
};
