import { createCompiled, type Compiled } from '../interpret/compiled.ts';
import { compileLinearRegex } from '../regex/linear-regex.ts';
import type { RegexTest } from './atom.ts';
import { compilePattern } from './test-pattern.ts';

/** Tests that take time linear in the text, whatever a rule's author wrote. */
export const boundedCompiled = (regex: RegexTest = createRegexTests()): Compiled =>
  createCompiled({
    regex: (source, flags) => ({ test: regex(source, flags) }),
    pattern: (pattern) => ({ test: compilePattern(pattern) }),
  });

/** Expressions that several rules share are compiled once. */
export const createRegexTests = (): RegexTest => {
  const tests = new Map<string, (text: string) => boolean>();
  return (source, flags) => {
    const key = `${flags}/${source}`;
    const known = tests.get(key);
    if (known !== undefined) return known;
    const test = compileLinearRegex(source, flags);
    tests.set(key, test);
    return test;
  };
};
