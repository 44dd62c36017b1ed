/** Text as an SQL literal. */
export const sqlText = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** A file as `read_parquet` names it: it takes every name for a pattern, so what would match more is put in brackets. */
export const sqlFile = (file: string): string => sqlText(file.replace(/[*?[]/g, '[$&]'));
