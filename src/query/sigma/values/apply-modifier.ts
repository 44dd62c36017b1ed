import { assertNever } from '../../../model/assert-never.ts';
import type { Modifier } from './modifiers.ts';
import { base64Offsets, bytesOf, toUtf16 } from './encode.ts';
import { parsePrefix } from './network.ts';
import { literalOf, withDashes } from './pattern.ts';
import { expandPlaceholders, type Placeholders } from './placeholders.ts';
import { readNumber } from './read-number.ts';
import { translateRegex } from './regex.ts';
import { textValue, type TextValue, type WorkingValue } from './working-value.ts';

/** The value after one more modifier, or why it cannot be applied. */
export type Applied = WorkingValue | { readonly problem: string; readonly unresolved?: readonly string[] };

/** Modifiers of single values; `all` and `neq` belong to the item and change nothing here. */
export const applyModifier = (value: WorkingValue, modifier: Modifier, placeholders: Placeholders): Applied => {
  if (value.kind === 'any') return applyToEach(value.of, modifier, placeholders);
  switch (modifier.kind) {
    case 'all':
    case 'neq':
      return value;
    case 'where':
      return applyWhere(value, modifier.where);
    case 'cased':
      if (value.kind === 'text' || value.kind === 'fieldref') return { ...value, cased: true };
      return value.kind === 'number' || value.kind === 'boolean' ? value : { problem: 'cased takes a text' };
    case 'windash': {
      const text = asText(value);
      return text === null
        ? { problem: 'windash takes a text' }
        : { ...text, written: null, pattern: withDashes(text.pattern) };
    }
    case 're':
      return toRegex(value);
    case 'flag':
      return value.kind === 'regex'
        ? toRegex({ ...textValue(value.source) }, value.flags + modifier.flag)
        : { problem: `${modifier.flag} belongs after re` };
    case 'exists':
      return toExists(value);
    case 'cidr':
      return toCidr(value);
    case 'base64':
      return toBase64(value, modifier.offset);
    case 'utf16':
      return value.kind === 'text' ? toUtf16(value, modifier.form) : { problem: 'only a text has an encoding' };
    case 'fieldref': {
      const field = value.kind === 'text' && value.written !== null ? literalOf(value.pattern) : null;
      if (value.kind !== 'text' || field === null || field === '')
        return { problem: 'fieldref takes the name of a field' };
      return { kind: 'fieldref', field, where: value.where, cased: value.cased };
    }
    case 'compare': {
      if (value.kind === 'time') return { ...value, operator: modifier.operator };
      const number = numberOf(value);
      return number === null
        ? { problem: `${modifier.operator} takes a number` }
        : { kind: 'compare', operator: modifier.operator, value: number };
    }
    case 'time': {
      const number = value.kind === 'compare' ? value.value : numberOf(value);
      if (number === null) return { problem: `${modifier.part} takes a number` };
      return {
        kind: 'time',
        part: modifier.part,
        operator: value.kind === 'compare' ? value.operator : 'eq',
        value: number,
      };
    }
    case 'expand':
      return expand(value, placeholders);
    default:
      return assertNever(modifier);
  }
};

const applyToEach = (values: readonly WorkingValue[], modifier: Modifier, placeholders: Placeholders): Applied => {
  const of: WorkingValue[] = [];
  for (const one of values) {
    const applied = applyModifier(one, modifier, placeholders);
    if ('problem' in applied) return applied;
    of.push(applied);
  }
  return { kind: 'any', of };
};

const applyWhere = (value: WorkingValue, where: 'contains' | 'startswith' | 'endswith'): Applied => {
  if (value.kind === 'fieldref') return { ...value, where };
  const text = asText(value);
  if (text !== null) return { ...text, where };
  if (value.kind !== 'regex') return { problem: `${where} takes a text` };
  // A regular expression is found anywhere: only its ends can be fixed.
  if (where === 'startswith') return { ...value, source: `^(?:${value.source})` };
  return where === 'endswith' ? { ...value, source: `(?:${value.source})$` } : value;
};

/** What YAML took for a number or for true is still the text that its author wrote. */
const asText = (value: WorkingValue): TextValue | null => {
  if (value.kind === 'text') return value;
  return value.kind === 'number' || value.kind === 'boolean' ? textValue(String(value.value)) : null;
};

const toRegex = (value: WorkingValue, flags = ''): Applied => {
  const written = writtenOf(value);
  if (written === null) return { problem: 're takes a text and comes before modifiers that change it' };
  const translated = translateRegex(written, flags);
  return translated.ok
    ? { kind: 'regex', source: translated.source, flags: translated.flags }
    : { problem: `this regular expression cannot be used: ${translated.problem}` };
};

const writtenOf = (value: WorkingValue): string | null => {
  if (value.kind === 'number') return String(value.value);
  return value.kind === 'text' && value.where === 'equals' ? value.written : null;
};

const toExists = (value: WorkingValue): Applied => {
  if (value.kind === 'boolean') return { kind: 'exists', wanted: value.value };
  const word = value.kind === 'text' ? value.written?.toLowerCase() : undefined;
  if (word === 'true' || word === 'yes') return { kind: 'exists', wanted: true };
  return word === 'false' || word === 'no'
    ? { kind: 'exists', wanted: false }
    : { problem: 'exists takes true or false' };
};

const toCidr = (value: WorkingValue): Applied => {
  const prefix = parsePrefix(writtenOf(value) ?? '');
  return prefix === null ? { problem: 'cidr takes a network, for example 198.51.100.0/24' } : { kind: 'cidr', prefix };
};

const toBase64 = (value: WorkingValue, offset: boolean): Applied => {
  const name = offset ? 'base64offset' : 'base64';
  const text = asText(value);
  if (text === null) return { problem: `${name} takes a text` };
  if (text.where !== 'equals') return { problem: `${name} comes before ${text.where}: it encodes the text itself` };
  const bytes = bytesOf(text);
  if (bytes === null) return { problem: `${name} cannot encode wildcards` };
  const encoded = (form: string): TextValue => ({ ...text, written: null, bytes: false, pattern: [{ literal: form }] });
  return offset ? { kind: 'any', of: base64Offsets(bytes).map(encoded) } : encoded(bytes.toString('base64'));
};

const numberOf = (value: WorkingValue): number | null => {
  if (value.kind === 'number') return value.value;
  return value.kind === 'text' && value.written !== null ? readNumber(value.written) : null;
};

const expand = (value: WorkingValue, placeholders: Placeholders): Applied => {
  const written = value.kind === 'regex' ? value.source : value.kind === 'text' ? value.written : null;
  if (written === null || (value.kind !== 'regex' && value.kind !== 'text')) return { problem: 'expand takes a text' };
  const expanded = expandPlaceholders(written, placeholders);
  if (!expanded.ok) {
    const names = expanded.missing.map((name) => `%${name}%`).join(', ');
    return { problem: `no pipeline says what ${names} stands for`, unresolved: expanded.missing };
  }
  const of = expanded.texts.map((text): Applied =>
    value.kind === 'regex'
      ? toRegex(textValue(text), value.flags)
      : { ...textValue(text), where: value.where, cased: value.cased },
  );
  const bad = of.find((one) => 'problem' in one);
  return bad ?? { kind: 'any', of: of.filter((one): one is WorkingValue => !('problem' in one)) };
};
