import { readFile } from 'node:fs/promises';
import { exitCode } from '../../model/exit-code.ts';
import { HarnessError } from '../../model/harness-error.ts';
import type { SourceFile } from '../../util/source-file.ts';
import { findLogFiles, type LogFile } from '../log-sources/find-files.ts';

/** Every YAML file at or below the paths. Throws HarnessError `hunt/…` when there is none, or one cannot be read. */
export const readRuleFiles = async (
  paths: readonly string[],
  what: string,
  folder: string,
): Promise<readonly SourceFile[]> => {
  const found = await findLogFiles(paths, folder).catch((cause: unknown) => {
    if (cause instanceof HarnessError)
      throw problem('hunt/no-such-path', cause.message, `Name files or folders with ${what}.`);
    throw cause;
  });
  // A file that is named is meant, whatever it is called.
  const wanted = found.filter(({ name }) => /\.ya?ml$/i.test(name) || paths.includes(name));
  if (wanted.length === 0)
    throw problem('hunt/no-rules', `no YAML file in ${paths.join(', ')}`, `Name files or folders with ${what}.`);
  return await Promise.all(wanted.map(readOne));
};

const readOne = async ({ name, path }: LogFile): Promise<SourceFile> => {
  try {
    return { file: name, text: await readFile(path, 'utf8') };
  } catch (cause) {
    throw problem('hunt/unreadable-rule', `${name} cannot be read`, 'See that the file may be opened.', cause);
  }
};

const problem = (code: string, message: string, hint: string, cause?: unknown): HarnessError =>
  new HarnessError(message, { code, hint, exitCode: exitCode.usage, ...(cause === undefined ? {} : { cause }) });
