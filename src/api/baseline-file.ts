import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { exitCode } from '../model/exit-code.ts';
import { HarnessError } from '../model/harness-error.ts';
import type { Baseline } from '../model/baseline.ts';
import { baselineOf, mergeBaselines } from '../judge/comparison/snapshot.ts';
import { baselineSchema } from '../report/json/baseline-schema.ts';
import { findRunFolder, readRun } from './find-run.ts';

/** Reads a baseline. Throws `baseline/not-found` or `baseline/invalid`. */
export const readBaseline = async (file: string): Promise<Baseline> => {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw problem('baseline/not-found', `${file} cannot be read`, 'make it: tocsin run --update-baseline', cause);
  });
  const parsed = baselineSchema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  throw problem(
    'baseline/invalid',
    `${file} is not a baseline`,
    'make it again: tocsin run --update-baseline',
    parsed.error,
  );
};

/** Puts the scenarios of `update` into a baseline, which is made when there is none. A reader sees the old file or the new one. */
export const updateBaseline = async (file: string, update: Baseline): Promise<void> => {
  const merged = existsSync(file) ? mergeBaselines(await readBaseline(file), update) : update;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.new`, `${JSON.stringify(baselineSchema.parse(merged), null, 2)}\n`);
  await rename(`${file}.new`, file);
};

/** A baseline from what a person may name: a baseline's file, or a run by folder, file or id. */
export const openBaseline = async (wanted: string, cwd: string, reports: string): Promise<Baseline> => {
  const path = resolve(cwd, wanted);
  if (path.endsWith('.json') && existsSync(path)) {
    const parsed = baselineSchema.safeParse(parseJson(await readFile(path, 'utf8')));
    if (parsed.success) return parsed.data;
  }
  return baselineOf([await readRun(await findRunFolder(wanted, cwd, reports))]);
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

const problem = (code: string, message: string, hint: string, cause: unknown): HarnessError =>
  new HarnessError(message, { code, exitCode: exitCode.usage, hint, cause });
