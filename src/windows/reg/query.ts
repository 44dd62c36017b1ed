import { NotImplemented } from '../os/not-implemented.ts';
import type { Key, NamedValue } from '../registry/hive.ts';
import { plainText } from '../registry/value.ts';
import { badSyntax, locate, notFound, readArguments, RegFailure, type RegHost } from './context.ts';

const valueLine = ({ name, value }: NamedValue): string =>
  `    ${name === '' ? '(Default)' : name}    ${value.type}    ${plainText(value)}\r\n`;

interface Search {
  readonly text: string;
  readonly keys: boolean;
  readonly data: boolean;
  readonly matches: (text: string) => boolean;
}

const searchOf = (flags: ReadonlySet<string>, text: string | undefined): Search | null => {
  if (text === undefined) return null;
  const fold = (value: string): string => (flags.has('c') ? value : value.toLowerCase());
  const wanted = fold(text);
  return {
    text,
    keys: flags.has('k') || !flags.has('d'),
    data: flags.has('d') || !flags.has('k'),
    matches: flags.has('e') ? (value) => fold(value) === wanted : (value) => fold(value).includes(wanted),
  };
};

/** `reg query`: values of a key and the names of the keys below it, or what a search finds. */
export const query = (args: readonly string[], host: RegHost): Promise<void> => {
  const { words, flags, values } = readArguments(
    args,
    'query',
    ['ve', 's', 'k', 'd', 'c', 'e', 'z'],
    ['v', 'f', 't', 'se'],
  );
  const [path, ...more] = words;
  if (path === undefined || more.length > 0) throw badSyntax('query');
  if (flags.has('z') || values.has('se')) throw new NotImplemented('reg query /z and /se');
  const key = locate(path, host);
  const root = host.registry.find(key);
  if (root === null) throw notFound();
  const name = flags.has('ve') ? '' : values.get('v');
  const types = values.get('t')?.toUpperCase().split(',');
  const search = searchOf(flags, values.get('f'));
  let matches = 0;

  const valuesOf = (of: Key): NamedValue[] =>
    [...of.values.values()].filter(
      (value) =>
        (name === undefined || value.name.toLowerCase() === name.toLowerCase()) &&
        (types === undefined || types.includes(value.value.type)) &&
        (search === null ||
          (search.data && search.matches(plainText(value.value))) ||
          (!flags.has('d') && !flags.has('k') && search.matches(value.name))),
    );

  const show = (of: Key, shown: string, isRoot: boolean): void => {
    const found = valuesOf(of);
    const named = search?.keys === true && !isRoot && search.matches(of.name);
    matches += found.length + (named ? 1 : 0);
    const heads = search === null && name === undefined ? isRoot || flags.has('s') : named || found.length > 0;
    if (found.length > 0) host.out(`\r\n${shown}\r\n${found.map(valueLine).join('')}`);
    else if (heads && (flags.has('s') || named)) host.out(`\r\n${shown}\r\n`);
    for (const child of of.keys.values()) {
      if (flags.has('s')) show(child, `${shown}\\${child.name}`, false);
    }
  };
  show(root, key.shown, true);
  if (!flags.has('s') && name === undefined && search === null) {
    const children = [...root.keys.values()].map((child) => `${key.shown}\\${child.name}\r\n`);
    host.out(`\r\n${children.join('')}`);
    return Promise.resolve();
  }
  if (name !== undefined && matches === 0) throw notFound();
  host.out(search !== null || flags.has('s') ? `\r\nEnd of search: ${matches} match(es) found.\r\n` : '\r\n');
  if (search !== null && matches === 0) throw new RegFailure('');
  return Promise.resolve();
};
