import { LineCounter, parseDocument, type Document, type YAMLError } from 'yaml';
import type { z } from 'zod';
import type { Diagnostic, Parsed } from '../../model/diagnostic.ts';
import { unlessErrors } from '../parsed.ts';
import { diagnose, type SourceFile } from '../source-file.ts';
import { describeIssues } from './describe-issues.ts';
import { createYamlText, placeOf, type YamlFile, type YamlText } from './yaml-file.ts';

/**
 * The one way in for every YAML file that people write: text → document → schema. All problems come back at once, each
 * with its place; the value comes back only when there are none.
 */
export const loadYaml = <Schema extends z.ZodType>(
  file: string,
  text: string,
  schema: Schema,
): Parsed<YamlFile<z.output<Schema>>> => {
  const source = { file, text: text.replace(/^\uFEFF/, '') };
  const lines = new LineCounter();
  const read = readDocument(source, lines);
  if (!read.ok) return read;
  const { document, value } = read.value;
  const yaml = createYamlText(source, document, lines);
  const parsed = schema.safeParse(value);
  const diagnostics = [
    ...read.diagnostics,
    ...(parsed.success ? [] : describeIssues(parsed.error.issues, schema, value, yaml)),
  ];
  return parsed.success ? unlessErrors({ ...yaml, value: parsed.data }, diagnostics) : { ok: false, diagnostics };
};

interface ReadDocument {
  readonly document: Document;
  readonly value: unknown;
}

// An alias may multiply what it names; a hundred uses are plenty for a person.
const maxAliasCount = 100;

const options = { prettyErrors: false, uniqueKeys: true, stringKeys: true, logLevel: 'error' } as const;

const readDocument = (source: SourceFile, lines: LineCounter): Parsed<ReadDocument> => {
  try {
    const document = parseDocument(source.text, { ...options, lineCounter: lines });
    const exhausted = document.errors.find(({ code }) => code === 'RESOURCE_EXHAUSTION');
    if (exhausted !== undefined) return refuse(source, exhausted.message);
    const diagnostics = [...document.errors, ...document.warnings].map((error) => describe(source, lines, error));
    // A key given twice leaves a document that can still be checked; anything else leaves guesses.
    if (document.errors.some((error) => error.code !== 'DUPLICATE_KEY')) return { ok: false, diagnostics };
    return { ok: true, value: { document, value: document.toJS({ maxAliasCount }) }, diagnostics };
  } catch (error) {
    // Aliases past the limit, aliases in a circle, and nesting deeper than the stack.
    if (error instanceof ReferenceError || error instanceof RangeError) return refuse(source, error.message);
    throw error;
  }
};

const refuse = ({ file, text }: SourceFile, message: string): Parsed<never> => ({
  ok: false,
  diagnostics: [
    diagnose(text, { code: 'yaml/too-complex', message: lowerFirst(message), place: { file, line: 1, column: 1 } }),
  ],
});

const describe = (source: SourceFile, lines: LineCounter, error: YAMLError): Diagnostic =>
  diagnose(source.text, {
    code: `yaml/${error.code.toLowerCase().replaceAll('_', '-')}`,
    severity: error.name === 'YAMLWarning' ? 'warning' : 'error',
    message: messages[error.code] ?? lowerFirst(error.message),
    place: placeOf(source.file, lines, ...error.pos),
    hint: hints[error.code] ?? null,
  });

// Where the library speaks of itself.
const messages: Partial<Record<YAMLError['code'], string>> = {
  DUPLICATE_KEY: 'this key is there already',
  MULTIPLE_DOCS: 'a second document begins here',
};

const hints: Partial<Record<YAMLError['code'], string>> = {
  DUPLICATE_KEY: 'keep one of them: the later one would silently win',
  TAB_AS_INDENT: 'indent with spaces',
  MULTIPLE_DOCS: 'a file holds one document: remove the `---` in the middle',
};

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

export type { YamlFile, YamlText };
