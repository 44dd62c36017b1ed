import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A function that the products bring along. */
export interface BuiltInFunction {
  readonly name: string;
  readonly text: string;
}

const folder = join(import.meta.dirname, 'functions');
const asimFolder = join(folder, 'asim');

/** `(a:string="*", b:long)`, each with its default, where the text declares them. */
const parametersOf = (text: string): readonly { readonly name: string; readonly value: string }[] =>
  [...text.slice(0, text.indexOf('{')).matchAll(/(\w+):\w+=("[^"]*"|\w+\([^()]*\)|dynamic\(\[\]\)|\w+)/g)].map(
    ([, name = '', value = '']) => ({ name, value }),
  );

const renamed = (text: string, from: string, to: string): string => text.replace(`let ${from} =`, `let ${to} =`);

/** The same parser under a name that takes no filters: they are constants of its body. */
const withoutFilters = (text: string, name: string): string => {
  const constants = parametersOf(text)
    .filter((parameter) => !['disabled', 'pack'].includes(parameter.name))
    .map((parameter) => `    let ${parameter.name} = ${parameter.value};\n`);
  const body = text.slice(text.indexOf('{') + 1).replace(/^\n/, '');
  return `let ${name} = (disabled:bool=false, pack:bool=false) {\n${constants.join('')}${body}`;
};

/** Events of one kind only, of a parser of several. */
const ofType = (text: string, type: string): string =>
  text.replace(/\n\};\s*$/, `\n    | where EventType == "${type}"\n};`);

/**
 * A schema's parser under all the names that queries call it by: `_Im_Dns`, `imDns`, and `_ASim_Dns` and `ASimDns`, which take no
 * filters.
 */
const named = (text: string, schema: string): readonly BuiltInFunction[] => [
  ...['_Im_', 'im']
    .map((prefix) => `${prefix}${schema}`)
    .map((name) => ({ name, text: renamed(text, `_Im_${schema}`, name) })),
  ...['_ASim_', 'ASim']
    .map((prefix) => `${prefix}${schema}`)
    .map((name) => ({ name, text: withoutFilters(text, name) })),
];

const asim = (text: string, schema: string): readonly BuiltInFunction[] => {
  if (schema === 'RegistryEvent')
    return [...named(text, schema), { name: 'imRegistry', text: renamed(text, '_Im_RegistryEvent', 'imRegistry') }];
  if (schema !== 'ProcessEvent') return named(text, schema);
  const kinds = [
    ['ProcessCreate', 'ProcessCreated'],
    ['ProcessTerminate', 'ProcessTerminated'],
  ] as const;
  const ofKinds = kinds.flatMap(([kind, type]) =>
    named(ofType(renamed(text, '_Im_ProcessEvent', `_Im_${kind}`), type), kind),
  );
  return [...named(text, schema), ...ofKinds];
};

let loaded: readonly BuiltInFunction[] | null = null;

/** A file is named after the function that it declares. */
export const builtInFunctions = (): readonly BuiltInFunction[] =>
  (loaded ??= [
    ...readdirSync(folder)
      .filter((file) => file.endsWith('.kql'))
      .map((file) => ({ name: file.replace(/\.kql$/, ''), text: readFileSync(join(folder, file), 'utf8') })),
    ...readdirSync(asimFolder).flatMap((file) =>
      asim(readFileSync(join(asimFolder, file), 'utf8').trimEnd(), file.replace(/^_Im_|\.kql$/g, '')),
    ),
  ]);

/** Whether a text may name one: a look at the files is not needed where it cannot. */
export const mayCallBuiltIn = (text: string): boolean =>
  /\b(?:_Im_\w+|im[A-Z]\w+|_ASim_\w+|ASim[A-Z]\w+|_GetWatchlist\w*|FileProfile)\b/.test(text);
