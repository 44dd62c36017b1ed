import { LineCounter, parseAllDocuments, parseDocument, type Document, type YAMLError } from 'yaml';
import type { Diagnostic, Parsed } from '../../model/diagnostic.ts';
import { diagnose, type SourceFile } from '../source-file.ts';
import { createYamlText, placeOf, type YamlFile } from './yaml-file.ts';

// An alias may multiply what it names; a hundred uses are plenty for a person.
const maxAliasCount = 100;

const options = { prettyErrors: false, uniqueKeys: true, stringKeys: true, logLevel: 'error' } as const;

/** The one document of a file; a second one is an error. */
export const readDocument = (file: string, text: string): Parsed<YamlFile<unknown>> => {
  const source = withoutMark(file, text);
  const lines = new LineCounter();
  return guarded(source, () => toFile(source, parseDocument(source.text, { ...options, lineCounter: lines }), lines));
};

/** Every document of a file, each with its own value or its own problems. */
export const readDocuments = (file: string, text: string): readonly Parsed<YamlFile<unknown>>[] => {
  const source = withoutMark(file, text);
  const lines = new LineCounter();
  const documents = guarded(source, () => ({
    ok: true,
    value: [...parseAllDocuments(source.text, { ...options, lineCounter: lines })],
    diagnostics: [],
  }));
  if (!documents.ok) return [documents];
  return documents.value.map((document) => guarded(source, () => toFile(source, document, lines)));
};

const withoutMark = (file: string, text: string): SourceFile => ({ file, text: text.replace(/^\uFEFF/, '') });

// Aliases past the limit, aliases in a circle, and nesting deeper than the stack.
const guarded = <T>(source: SourceFile, read: () => Parsed<T>): Parsed<T> => {
  try {
    return read();
  } catch (error) {
    if (error instanceof ReferenceError || error instanceof RangeError) return refuse(source, error.message);
    throw error;
  }
};

const toFile = (source: SourceFile, document: Document, lines: LineCounter): Parsed<YamlFile<unknown>> => {
  const exhausted = document.errors.find(({ code }) => code === 'RESOURCE_EXHAUSTION');
  if (exhausted !== undefined) return refuse(source, exhausted.message);
  const diagnostics = [...document.errors, ...document.warnings].map((error) => describe(source, lines, error));
  // A key given twice leaves a document that can still be checked; anything else leaves guesses.
  if (document.errors.some((error) => error.code !== 'DUPLICATE_KEY')) return { ok: false, diagnostics };
  const value: unknown = document.toJS({ maxAliasCount });
  return { ok: true, value: { ...createYamlText(source, document, lines), value }, diagnostics };
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
  BAD_ALIAS: 'this is an alias of nothing',
  BLOCK_AS_IMPLICIT_KEY: 'a value with `: ` in it reads as a mapping inside a line',
  MULTILINE_IMPLICIT_KEY: 'a key goes over several lines, or has no colon',
  NON_STRING_KEY: 'a key is text',
};

const hints: Partial<Record<YAMLError['code'], string>> = {
  BAD_ALIAS: 'put it in quotes: `*` begins an alias',
  BAD_DQ_ESCAPE: "use single quotes: in double quotes a backslash begins an escape ('C:\\Users')",
  BAD_INDENT: 'indent keys of one mapping alike',
  BAD_SCALAR_START: 'put it in quotes',
  BLOCK_AS_IMPLICIT_KEY: 'put the value in quotes',
  DUPLICATE_KEY: 'keep one of them: the later one would silently win',
  MISSING_CHAR: 'something that was opened is not closed: a quote, a bracket, or a key without its colon',
  MULTILINE_IMPLICIT_KEY: 'write `key: value` in one line',
  MULTIPLE_DOCS: 'a file holds one document: remove the `---` in the middle',
  TAB_AS_INDENT: 'indent with spaces',
  TAG_RESOLVE_FAILED: 'put it in quotes: `!` begins a tag',
  UNEXPECTED_TOKEN: 'remove it, or put the whole value in quotes',
};

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
