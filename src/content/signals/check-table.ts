import type { Diagnostic } from '../../model/diagnostic.ts';
import type { TableInfo } from '../../model/table.ts';
import { suggest, suggestionHint } from '../../util/suggest.ts';
import type { YamlText } from '../../util/yaml/yaml-file.ts';
import type { SignalTemplate } from './signal-template.ts';

/** A signal names a table that some product has, and columns of that table. */
export const checkTable = (
  { test, id, entry }: SignalTemplate,
  tables: readonly TableInfo[],
  yaml: YamlText,
): readonly Diagnostic[] => {
  const table = tables.find(({ name }) => name === entry.table);
  if (table === undefined) {
    const names = tables.map(({ name }) => name);
    const meant = suggest(entry.table, names);
    return [
      yaml.problem([test, id, 'table'], {
        code: 'signal/unknown-table',
        message: `no product has a table "${entry.table}"`,
        hint: meant === null ? null : `did you mean "${meant}"?`,
      }),
    ];
  }
  const columns = table.columns.map(({ name }) => name);
  return Object.keys(entry.where).flatMap((field) => {
    const [column = ''] = field.split('|');
    if (columns.includes(column)) return [];
    return [
      yaml.problem([test, id, 'where', field], {
        code: 'signal/unknown-column',
        message: `${table.name} has no column "${column}"`,
        part: 'key',
        hint: suggestionHint(column, columns),
      }),
    ];
  });
};
