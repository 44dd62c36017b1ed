import type { Parsed } from '../../../model/diagnostic.ts';
import type { YamlFile } from '../../../util/yaml/yaml-file.ts';
import { isMap } from '../rule/parse-selection.ts';

/**
 * Sigma's collections: `action: global` gives its keys to every document after it, `action: repeat` is the rule before it with
 * changes, `action: reset` forgets the globals. What comes back are whole documents.
 */
export const mergeDocuments = (
  documents: readonly Parsed<YamlFile<unknown>>[],
): readonly Parsed<YamlFile<unknown>>[] => {
  let globals: Record<string, unknown> = {};
  let before: Record<string, unknown> = {};
  return documents.flatMap((read): readonly Parsed<YamlFile<unknown>>[] => {
    if (!read.ok || read.value.value === null) return read.ok ? [] : [read];
    const { value } = read.value;
    if (!isMap(value)) return [read];
    const { action, ...own } = value;
    const merged = (base: Record<string, unknown>): Parsed<YamlFile<unknown>> => {
      before = merge(base, own);
      return { ...read, value: { ...read.value, value: before } };
    };
    switch (action) {
      case 'global':
        globals = merge(globals, own);
        return [];
      case 'reset':
        globals = {};
        return [];
      case 'repeat':
        return [merged(before)];
      case undefined:
      case null:
        return [merged(globals)];
      default:
        return [unknownAction(read.value, action)];
    }
  });
};

const unknownAction = (yaml: YamlFile<unknown>, action: unknown): Parsed<never> => ({
  ok: false,
  diagnostics: [
    yaml.problem(['action'], {
      code: 'sigma/action',
      message: `unknown action "${String(action)}"`,
      hint: 'global, repeat or reset',
    }),
  ],
});

const merge = (base: Record<string, unknown>, more: Record<string, unknown>): Record<string, unknown> => ({
  ...base,
  ...Object.fromEntries(
    Object.entries(more).map(([key, value]) => {
      const under = base[key];
      return [key, isMap(under) && isMap(value) ? merge(under, value) : value];
    }),
  ),
});
