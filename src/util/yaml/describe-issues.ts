import type { z } from 'zod';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { suggest, suggestionHint } from '../suggest.ts';
import { describeValue } from './describe-issue.ts';
import { flattenIssues, type Issue } from './flatten-issues.ts';
import { knownKeys } from './known-keys.ts';
import type { Path } from './locate.ts';
import type { YamlText } from './yaml-file.ts';

/** Schema issues as diagnostics that point into the text, in the order of the text. */
export const describeIssues = (
  issues: readonly Issue[],
  schema: z.ZodType,
  root: unknown,
  yaml: YamlText,
): readonly Diagnostic[] => {
  const flat = flattenIssues(issues);
  const missing = flat.filter((issue) => isMissing(issue, root)).map((issue) => issue.path);
  const unknown = flat.flatMap((issue) =>
    issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [],
  );
  const typos = pairTypos(unknown, missing);
  const explained = new Set(typos.values());
  return [
    ...unknown.map((path) => describeUnknownKey(path, typos.get(path) ?? null, schema, root, yaml)),
    ...missing.filter((path) => !explained.has(path)).map((path) => describeMissingKey(path, schema, root, yaml)),
    ...flat
      .filter((issue) => issue.code !== 'unrecognized_keys' && !isMissing(issue, root))
      .map((issue) => describeValue(issue, valueIn(root, issue.path), yaml)),
  ].sort((a, b) => (a.place?.line ?? 0) - (b.place?.line ?? 0) || (a.place?.column ?? 0) - (b.place?.column ?? 0));
};

/** `comand` unknown and `command` missing in the same mapping are one mistake. */
const pairTypos = (unknown: readonly Path[], missing: readonly Path[]): Map<Path, Path> => {
  const pairs = new Map<Path, Path>();
  for (const path of unknown) {
    const siblings = missing.filter((other) => isSibling(path, other) && ![...pairs.values()].includes(other));
    const meant = suggest(lastOf(path), siblings.map(lastOf));
    const target = siblings.find((other) => lastOf(other) === meant);
    if (target !== undefined) pairs.set(path, target);
  }
  return pairs;
};

const describeUnknownKey = (
  path: Path,
  typoOf: Path | null,
  schema: z.ZodType,
  root: unknown,
  yaml: YamlText,
): Diagnostic => {
  const parent = path.slice(0, -1);
  const present = Object.keys(valueIn(root, parent) ?? {});
  const free = knownKeys(schema, parent).filter((key) => !present.includes(key));
  return yaml.problem(path, {
    code: 'schema/unknown-key',
    message: `unknown key "${lastOf(path)}"`,
    part: 'key',
    hint: typoOf === null ? suggestionHint(lastOf(path), free) : `did you mean "${lastOf(typoOf)}"?`,
  });
};

/** Where others may stand, a misspelled key is none that is unknown: what is missing leads to it. */
const describeMissingKey = (path: Path, schema: z.ZodType, root: unknown, yaml: YamlText): Diagnostic => {
  const parent = path.slice(0, -1);
  const known = knownKeys(schema, parent);
  const others = Object.keys(valueIn(root, parent) ?? {}).filter((key) => !known.includes(key));
  const typo = suggest(lastOf(path), others);
  return yaml.problem(typo === null ? parent : [...parent, typo], {
    code: 'schema/missing-key',
    message: `missing key "${lastOf(path)}"`,
    part: 'key',
    hint: typo === null ? null : `did you mean "${lastOf(path)}" where it says "${typo}"?`,
  });
};

const isMissing = (issue: Issue, root: unknown): boolean =>
  issue.path.length > 0 && valueIn(root, issue.path) === undefined && issue.code !== 'unrecognized_keys';

const isSibling = (a: Path, b: Path): boolean =>
  a.length === b.length && a.slice(0, -1).every((step, at) => step === b[at]);

const lastOf = (path: Path): string => String(path.at(-1));

const valueIn = (root: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, step)
        ? (value as Record<PropertyKey, unknown>)[step]
        : undefined,
    root,
  );
