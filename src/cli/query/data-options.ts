import { exitCode } from '../../model/exit-code.ts';
import { HarnessError } from '../../model/harness-error.ts';

export interface DataFile {
  readonly table: string;
  readonly file: string;
}

export interface DataOptions {
  readonly text: string | undefined;
  readonly data: readonly DataFile[];
}

// The address of an externaldata may stand for a table's name, so that the file's name begins at the last equals sign.
const pair = /^([^\s|]+)=([^=]+)$/;

/** `TABLE=FILE…`. `--data` takes all that follows it: a query that stands behind it is told by not being such a pair. */
export const parseDataOptions = (text: string | undefined, given: readonly string[]): DataOptions => {
  const data: DataFile[] = [];
  const rest: string[] = text === undefined ? [] : [text];
  for (const option of given) {
    const [, table, file] = pair.exec(option) ?? [];
    if (table !== undefined && file !== undefined) data.push({ table, file });
    else rest.push(option);
  }
  const twice = data.find(({ table }, index) => data.findIndex((other) => other.table === table) !== index);
  if (twice !== undefined) {
    throw new HarnessError(`--data names the table ${twice.table} twice`, {
      code: 'query/table-twice',
      exitCode: exitCode.usage,
      hint: 'put its rows into one file',
    });
  }
  if (rest.length > 1) {
    throw new HarnessError(`${JSON.stringify(rest.at(-1))} is not TABLE=FILE`, {
      code: 'query/invalid-data',
      exitCode: exitCode.usage,
      hint: 'for example --data SigninLogs=signins.ndjson',
    });
  }
  return { text: rest[0], data };
};
