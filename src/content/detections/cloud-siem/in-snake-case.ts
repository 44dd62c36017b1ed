import type { Diagnostic } from '../../../model/diagnostic.ts';
import type { Path } from '../../../util/yaml/locate.ts';
import type { YamlFile } from '../../../util/yaml/yaml-file.ts';
import { camelCase, snakeCase } from './find-rules.ts';

/** A part of a file with the API's names (`windowSize`) as the provider's (`window_size`); places and problems keep the file's own. */
export const inSnakeCase = (yaml: YamlFile<unknown>, root: Path): YamlFile<unknown> => {
  const original = valueAt(yaml.value, root);
  const isCamel =
    typeof original === 'object' && original !== null && Object.keys(original).some((key) => /[a-z][A-Z]/.test(key));
  const ownPath = (path: Path): Path => [...root, ...ownNames(original, path)];
  const ownText = (text: string): string =>
    isCamel ? text.replace(/[a-z]+(?:_[a-z]+)+/g, (name) => camelCase(name)) : text;
  const ownDiagnostic = ({ message, hint, ...rest }: Diagnostic): Diagnostic => ({
    ...rest,
    message: ownText(message),
    ...(hint === undefined ? {} : { hint: ownText(hint) }),
  });
  return {
    source: yaml.source,
    value: renamed(original),
    place: (path, part) => yaml.place(ownPath(path), part),
    node: (path) => yaml.node(ownPath(path)),
    problem: (path, problem) => ownDiagnostic(yaml.problem(ownPath(path), problem)),
  };
};

const renamed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(renamed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [snakeCase(key), renamed(item)]));
};

const ownNames = (value: unknown, path: Path): Path => {
  const [step, ...rest] = path;
  if (step === undefined) return [];
  const own = typeof value === 'object' && value !== null ? value : {};
  const name = Object.hasOwn(own, step) ? step : (Object.keys(own).find((key) => snakeCase(key) === step) ?? step);
  return [name, ...ownNames((own as Readonly<Record<PropertyKey, unknown>>)[name], rest)];
};

const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (found, step) =>
      typeof found === 'object' && found !== null ? (found as Record<PropertyKey, unknown>)[step] : undefined,
    value,
  );
