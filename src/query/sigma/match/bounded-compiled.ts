import { createCompiled, type Compiled } from '../interpret/compiled.ts';
import { compileLinearRegex, type LinearRegex } from '../regex/linear-regex.ts';
import type { RegexTest } from './atom.ts';
import { createBudget, type Budget } from './budget.ts';
import { compilePattern } from './test-pattern.ts';

/** Tests that take time linear in the text, whatever a rule's author wrote. */
export const boundedCompiled = (regex: RegexTest = createRegexTests()): Compiled =>
  createCompiled({
    regex: (source, flags) => ({ test: regex(source, flags) }),
    pattern: (pattern) => ({ test: compilePattern(pattern) }),
  });

/** Expressions that several rules share are compiled once, and have one budget. */
export const createRegexTests = (budget: Budget = createBudget({ inText: Infinity, inAll: Infinity })): RegexTest => {
  const tests = new Map<string, (text: string) => boolean>();
  return (source, flags) => {
    const key = `${flags}/${source}`;
    const known = tests.get(key);
    if (known !== undefined) return known;
    const test = withinBudget(compileLinearRegex(source, flags), budget);
    tests.set(key, test);
    return test;
  };
};

const withinBudget = (find: LinearRegex, budget: Budget): ((text: string) => boolean) => {
  const { inText, inAll } = budget.work;
  const meter = { left: 0 };
  let spent = 0;
  return (text) => {
    if (spent > inAll) {
      budget.isOver = true;
      return false;
    }
    meter.left = inText;
    const isFound = find(text, meter);
    spent += inText === Infinity ? 0 : inText - meter.left;
    if (meter.left < 0) budget.isOver = true;
    return isFound;
  };
};
