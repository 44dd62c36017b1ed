import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { exitCode } from '../model/exit-code.ts';
import { HarnessError } from '../model/harness-error.ts';
import type { Manifest } from '../model/manifest.ts';
import { recordingLayout } from './layout.ts';
import { manifestSchema } from './manifest-schema.ts';

const readText = async (file: string, folder: string): Promise<string> => {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new HarnessError(`${folder} is not a recording: its manifest.json cannot be read`, {
      code: 'recording/not-found',
      exitCode: exitCode.usage,
      hint: 'Name the folder that holds manifest.json, for example reports/<run-id>/recording.',
      cause,
    });
  }
};

const parseJson = (text: string, file: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new HarnessError(`${file} is not JSON: ${(cause as Error).message}`, {
      code: 'recording/manifest-not-json',
      exitCode: exitCode.usage,
      cause,
    });
  }
};

/**
 * Reads and checks `manifest.json`. Throws `recording/not-found`, `recording/manifest-not-json` or `recording/manifest-invalid`
 * (every problem of the manifest in one message).
 */
export const readManifest = async (folder: string): Promise<Manifest> => {
  const file = recordingLayout(folder).manifest;
  const result = manifestSchema.safeParse(parseJson(await readText(file, folder), file));
  if (result.success) return result.data;
  throw new HarnessError(`${file} is not a manifest:\n${z.prettifyError(result.error)}`, {
    code: 'recording/manifest-invalid',
    exitCode: exitCode.usage,
    hint: 'docs/recording.md describes every key.',
  });
};
