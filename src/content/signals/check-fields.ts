import type { Diagnostic } from '../../model/diagnostic.ts';
import { suggestionHint } from '../../util/suggest.ts';
import type { YamlText } from '../../util/yaml/yaml-file.ts';
import type { SignalTemplate } from './signal-template.ts';

/** Modifiers of the Sigma specification (2.1) that mean something for a single table. */
export const sigmaModifiers = [
  'all',
  'base64',
  'base64offset',
  'cased',
  'cidr',
  'contains',
  'endswith',
  'exists',
  'fieldref',
  'gt',
  'gte',
  'i',
  'lt',
  'lte',
  'm',
  'neq',
  're',
  's',
  'startswith',
  'utf16',
  'utf16be',
  'utf16le',
  'wide',
  'windash',
] as const;

/** `Field|modifier|modifier`: the modifiers must be Sigma's. */
export const checkFields = ({ test, id, entry }: SignalTemplate, yaml: YamlText): readonly Diagnostic[] =>
  Object.keys(entry.where).flatMap((field) =>
    field
      .split('|')
      .slice(1)
      .filter((modifier) => !(sigmaModifiers as readonly string[]).includes(modifier))
      .map((modifier) =>
        yaml.problem([test, id, 'where', field], {
          code: 'signal/unknown-modifier',
          message: `Sigma has no modifier "${modifier}"`,
          part: 'key',
          hint: suggestionHint(modifier, sigmaModifiers),
        }),
      ),
  );
