import type { Diagnostic, DiagnosticCode } from '../../model/diagnostic.ts';
import { plural } from '../plural.ts';
import { suggestionHint } from '../suggest.ts';
import { expectedTypes, type Issue } from './flatten-issues.ts';
import type { YamlText } from './yaml-file.ts';

/** What a schema adds to a complaint of its own: `ctx.addIssue({ code: 'custom', message, params: … })`. */
export interface CustomIssue {
  readonly code: DiagnosticCode;
  readonly hint?: string;
}

/** A value that is there, and is not what its schema asks for. */
export const describeValue = (issue: Issue, value: unknown, yaml: YamlText): Diagnostic => {
  const got = nameValue(value);
  switch (issue.code) {
    case 'invalid_type':
      return yaml.problem(issue.path, wrongType([issue.expected], value));
    case 'invalid_union':
      return issue.discriminator === undefined
        ? yaml.problem(issue.path, wrongType(expectedTypes(issue), value))
        : yaml.problem(issue.path, unknownValue(value, 'options' in issue ? issue.options : []));
    case 'invalid_value':
      return yaml.problem(issue.path, unknownValue(value, issue.values));
    case 'invalid_format':
      return yaml.problem(issue.path, {
        code: 'schema/wrong-format',
        message: `${got} is not ${formats[issue.format] ?? `of the form ${issue.pattern ?? issue.format}`}`,
      });
    case 'too_small':
      return yaml.problem(issue.path, {
        code: 'schema/too-small',
        message: `${got} is too ${sizes[issue.origin]?.[0] ?? 'small'}: at least ${amountOf(issue.minimum, issue.origin)}`,
      });
    case 'too_big':
      return yaml.problem(issue.path, {
        code: 'schema/too-big',
        message: `${got} is too ${sizes[issue.origin]?.[2] ?? 'big'}: at most ${amountOf(issue.maximum, issue.origin)}`,
      });
    case 'invalid_key':
      return yaml.problem(issue.path, {
        code: 'schema/invalid-key',
        message: `"${String(issue.path.at(-1))}" cannot be a key here: ${issue.issues[0]?.message ?? 'wrong form'}`,
        part: 'key',
      });
    case 'custom': {
      const { code = 'schema/invalid', hint = null } = (issue.params ?? {}) as Partial<CustomIssue>;
      return yaml.problem(issue.path, { code, message: issue.message, hint });
    }
    case 'not_multiple_of':
    case 'invalid_element':
    case 'unrecognized_keys':
      return yaml.problem(issue.path, { code: 'schema/invalid', message: issue.message });
  }
};

const wrongType = (expected: readonly string[], value: unknown): Parameters<YamlText['problem']>[1] => ({
  code: 'schema/wrong-type',
  message: `expected ${expected.map((type) => types[type] ?? type).join(' or ')}, got ${nameValue(value)}`,
  hint: expected.includes('string') && ['number', 'boolean'].includes(typeof value) ? 'put it in quotes' : null,
});

const unknownValue = (value: unknown, options: readonly unknown[]): Parameters<YamlText['problem']>[1] => ({
  code: 'schema/unknown-value',
  message: `unknown value ${nameValue(value)}`,
  hint: suggestionHint(String(value), options.map(String)),
});

const types: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
  record: 'a mapping',
  null: 'nothing',
};

const formats: Readonly<Record<string, string>> = {
  guid: 'a GUID',
  uuid: 'a GUID',
  ipv4: 'an IPv4 address',
  cidrv4: 'an IPv4 prefix',
};

/** Too little, the unit, too much. */
const sizes: Readonly<Record<string, readonly [string, string, string]>> = {
  string: ['short', 'character', 'long'],
  array: ['short', 'item', 'long'],
  object: ['small', 'key', 'big'],
};

const amountOf = (amount: number | bigint, origin: string): string => {
  const unit = sizes[origin]?.[1];
  return unit === undefined ? String(amount) : plural(Number(amount), unit);
};

const shownCharacters = 40;

const nameValue = (value: unknown): string => {
  if (typeof value === 'string')
    return JSON.stringify(value.length > shownCharacters ? `${value.slice(0, shownCharacters)}…` : value);
  if (typeof value === 'number' || typeof value === 'boolean') return `${typeof value} ${value}`;
  if (value === null || value === undefined) return 'nothing';
  return Array.isArray(value) ? 'a list' : 'a mapping';
};
