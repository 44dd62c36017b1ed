import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { ZodError } from 'zod';
import { exitCode } from '../model/exit-code.ts';
import { HarnessError } from '../model/harness-error.ts';
import type { RunResult } from '../model/run-result.ts';
import { readRunJson, runFile } from '../report/json/write-run.ts';
import { suggestionHint } from '../util/suggest.ts';

/** Names of the run folders below `reports`, oldest first: their names begin with the time. */
export const runIds = async (reports: string): Promise<readonly string[]> => {
  const names = await readdir(reports).catch(() => []);
  return names.filter((name) => existsSync(join(reports, name, runFile))).sort();
};

/**
 * The folder of a run that was named by its folder, its `run.json`, or its id below `reports`; the latest when `wanted` is null.
 * Throws `report/no-run`.
 */
export const findRunFolder = async (wanted: string | null, cwd: string, reports: string): Promise<string> => {
  const ids = await runIds(reports);
  const latest = ids.at(-1);
  if (wanted === null) {
    if (latest !== undefined) return join(reports, latest);
    throw noRun(`there is no run below ${reports}`, 'make one: tocsin run');
  }
  const path = resolve(cwd, wanted);
  if (existsSync(join(path, runFile))) return path;
  if (path.endsWith(`/${runFile}`) && existsSync(path)) return dirname(path);
  if (ids.includes(wanted)) return join(reports, wanted);
  throw noRun(`there is no run ${JSON.stringify(wanted)}`, suggestionHint(wanted, ids) ?? 'make one: tocsin run');
};

/** Reads a run's result. Throws `report/no-run` for a file that is none. */
export const readRun = async (folder: string): Promise<RunResult> => {
  try {
    return await readRunJson(folder);
  } catch (error) {
    if (!(error instanceof ZodError || error instanceof SyntaxError)) throw error;
    throw noRun(
      `${join(folder, runFile)} is not the result of a run: ${error.message}`,
      'it may be of another version of Tocsin',
    );
  }
};

const noRun = (message: string, hint: string): HarnessError =>
  new HarnessError(message, { code: 'report/no-run', exitCode: exitCode.usage, hint });
