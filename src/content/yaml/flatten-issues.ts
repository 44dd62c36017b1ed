import type { z } from 'zod';

export type Issue = z.core.$ZodIssue;

/** Replaces "no branch of the union fits" by the complaints of the branch that was meant. */
export const flattenIssues = (issues: readonly Issue[]): Issue[] =>
  issues.flatMap((issue) => {
    if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue];
    const meant = issue.errors
      .filter((branch) => branch.some((inner) => inner.path.length > 0 || inner.code !== 'invalid_type'))
      .sort((a, b) => a.length - b.length)[0];
    if (meant === undefined) return [issue];
    return flattenIssues(meant.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] })));
  });

/** What the branches of a union would have taken, when the value has the wrong type for all of them. */
export const expectedTypes = (issue: Issue): string[] => {
  if (issue.code === 'invalid_type') return [issue.expected];
  return issue.code === 'invalid_union' ? [...new Set(issue.errors.flat().flatMap(expectedTypes))] : [];
};
