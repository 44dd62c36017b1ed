import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { exitCode } from '../../model/exit-code.ts';
import { HarnessError } from '../../model/harness-error.ts';
import type { TextOrigin } from '../../model/place.ts';
import type { CommandLineInput } from '../context.ts';

export interface QueryInput {
  readonly text: string;
  readonly origin: TextOrigin;
}

const usage = (code: string, message: string, hint: string, cause?: unknown): HarnessError =>
  new HarnessError(message, { code, exitCode: exitCode.usage, hint, ...(cause === undefined ? {} : { cause }) });

const from = (file: string, text: string): QueryInput => ({ text, origin: { file, line: 1, column: 1 } });

/** The query: what stands on the command line, in a file, or on standard input (`-`, or nothing at all). */
export const readQuery = async (
  text: string | undefined,
  file: string | undefined,
  { cwd, stdin }: Pick<CommandLineInput, 'cwd' | 'stdin'>,
): Promise<QueryInput> => {
  if (file !== undefined && text !== undefined) {
    throw usage('query/two-queries', 'a query on the command line and one in a file', 'leave one of them out');
  }
  if (file !== undefined) {
    const content = await readFile(resolve(cwd, file), 'utf8').catch((cause: unknown) => {
      throw usage('query/no-file', `${file} cannot be read`, 'name a file that holds a query', cause);
    });
    return from(file, content.replace(/^\ufeff/, ''));
  }
  if (text !== undefined && text !== '-') return from('query', text);
  const lines: string[] = [];
  for await (const part of stdin?.() ?? []) lines.push(part);
  const read = lines.join('');
  if (read.trim() === '')
    throw usage('query/empty', 'there is no query', 'give it as TEXT, with -f FILE, or on standard input');
  return from('<stdin>', read);
};
