import { isError } from '../../model/diagnostic.ts';
import { readSettings } from '../settings/read-settings.ts';
import { settingNames, variableOf } from '../settings/settings-schema.ts';
import { ok, type Check } from './check.ts';

/** Which settings hold, what decided each, and what was meant as one and is none. A flag comes before all of them. */
export const checkSettings = async (
  root: string,
  cwd: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<readonly Check[]> => {
  const { settings, diagnostics, unknownVariables } = await readSettings(root, cwd, env);
  const decided = [...settings.values()].map(({ name, value, where }) => {
    const said = typeof value === 'string' ? value : value.join(', ');
    return ok(`setting ${name}`, `${said}, by ${where}; a flag comes before it`);
  });
  const open = settingNames.filter((name) => !settings.has(name));
  return [
    ...decided,
    ...diagnostics.filter(isError).map(({ message, place, hint }): Check => {
      const where = `${place?.file ?? ''}:${place?.line ?? 1}:${place?.column ?? 1}`;
      return { name: 'settings', status: 'missing', detail: `${where}: ${message}`, fix: hint ?? 'see: tocsin check' };
    }),
    ...unknownVariables.map(({ name, meant }): Check => {
      const fix = meant === null ? `settings are ${settingNames.map(variableOf).join(', ')}` : `did you mean ${meant}?`;
      return { name: 'settings', status: 'limited', detail: `${name} is no setting`, fix };
    }),
    ok('settings', `by default: ${open.join(', ')} (flag, then TOCSIN_…, then tocsin.yaml, then the default)`),
  ];
};
