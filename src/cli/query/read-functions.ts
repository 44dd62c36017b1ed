import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { exitCode } from '../../model/exit-code.ts';
import { HarnessError } from '../../model/harness-error.ts';
import { parseSavedFunctions, type SavedFunctions } from '../../query/kql/prelude.ts';

/** A file of functions: `let NAME = (…) { … };`, one or several. */
export const readFunctions = async (file: string, cwd: string): Promise<SavedFunctions> => {
  const text = await readFile(resolve(cwd, file), 'utf8').catch((cause: unknown) => {
    throw new HarnessError(`${file} cannot be read`, { code: 'query/no-file', exitCode: exitCode.usage, cause });
  });
  const functions = parseSavedFunctions(text.replace(/^\ufeff/, ''));
  if (functions !== null) return functions;
  throw new HarnessError(`${file} declares no function`, {
    code: 'query/no-function',
    exitCode: exitCode.usage,
    hint: 'write it as let NAME = (parameter:type) { … };',
  });
};
