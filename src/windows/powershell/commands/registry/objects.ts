import type { WindowsEnvironment } from '../../../os/environment.ts';
import type { Key } from '../../../registry/hive.ts';
import { customObject, PsObject, type Value } from '../../values/value.ts';
import { toText } from '../../values/text.ts';
import { toValue } from './values.ts';

const provider = 'Microsoft.PowerShell.Core\\Registry';

const leaf = (path: string): string => path.slice(path.lastIndexOf('\\') + 1);
const parent = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('\\')));

/** What the provider adds to everything that comes from it. */
const providerProperties = (full: string): (readonly [string, Value])[] => [
  ['PSPath', `${provider}::${full}`],
  ['PSParentPath', `${provider}::${parent(full)}`],
  ['PSChildName', leaf(full)],
  ['PSProvider', provider],
];

const shownName = (name: string): string => (name === '' ? '(default)' : name);

/** A Microsoft.Win32.RegistryKey. */
export const keyObject = (key: Key, full: string, environment: WindowsEnvironment): PsObject => {
  const names = [...key.values.values()].map(({ name }) => name);
  const valueOf = (name: Value | undefined): Value | undefined => {
    const found = key.values.get(toText(name ?? '').toLowerCase());
    return found === undefined ? undefined : toValue(found.value, environment);
  };
  return new PsObject(
    ['Microsoft.Win32.RegistryKey'],
    [
      ['Property', names.map(shownName)],
      ['SubKeyCount', key.keys.size],
      ['ValueCount', key.values.size],
      ['Name', full],
      ...providerProperties(full),
    ],
    {
      text: full,
      methods: {
        getvalue: ([name, otherwise]) => valueOf(name) ?? otherwise ?? null,
        getvaluenames: () => names,
        getsubkeynames: () => [...key.keys.values()].map(({ name }) => name),
        close: () => null,
      },
      missing: ['Handle', 'View'],
    },
  );
};

/** What `Get-ItemProperty` gives of a key: its values, or the named ones. */
export const propertiesObject = (
  key: Key,
  full: string,
  wanted: (name: string) => boolean,
  environment: WindowsEnvironment,
): PsObject =>
  customObject([
    ...[...key.values.values()]
      .filter(({ name }) => wanted(shownName(name)))
      .map(({ name, value }): readonly [string, Value] => [shownName(name), toValue(value, environment)]),
    ...providerProperties(full),
  ]);
