import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { RunResult } from '../../model/run-result.ts';
import { runSchema } from './run-schema.ts';
import { sortRun } from './sort-run.ts';

export const runFile = 'run.json';

/** `run.json` as text. Throws for a result that its own schema refuses: that is a bug, and must not reach a reader. */
export const renderRunJson = (run: RunResult): string => `${JSON.stringify(runSchema.parse(sortRun(run)), null, 2)}\n`;

/** Writes `run.json` into `folder`: a reader sees the old file, or the whole new one. Returns its name in the folder. */
export const writeRunJson = async (folder: string, run: RunResult): Promise<string> => {
  const target = join(folder, runFile);
  const draft = `${target}.new`;
  await mkdir(dirname(target), { recursive: true });
  const file = await open(draft, 'w');
  try {
    await file.writeFile(renderRunJson(run));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, target);
  return runFile;
};

/** Reads what `writeRunJson` wrote. Throws a ZodError that names every field it does not know. */
export const readRunJson = async (folder: string): Promise<RunResult> =>
  runSchema.parse(JSON.parse(await readFile(join(folder, runFile), 'utf8')));
