import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { eventVersion } from '../model/event.ts';
import { HarnessError } from '../model/harness-error.ts';
import { exitCode } from '../model/exit-code.ts';
import type { Manifest } from '../model/manifest.ts';
import { recordingLayout } from './layout.ts';
import { readManifest } from './read-manifest.ts';

/** A recording on disk, its manifest read, its events still in their files. */
export interface Recording {
  readonly folder: string;
  readonly manifest: Manifest;
  /** Parquet files, sorted. */
  readonly eventFiles: readonly string[];
}

/** Throws what `readManifest` throws, `recording/event-version` and `recording/no-events`. */
export const openRecording = async (folder: string): Promise<Recording> => {
  const manifest = await readManifest(folder);
  if (manifest.eventVersion !== eventVersion) {
    throw new HarnessError(
      `${folder} holds events of version ${String(manifest.eventVersion)}; this Tocsin reads version ${String(eventVersion)}`,
      {
        code: 'recording/event-version',
        exitCode: exitCode.usage,
        hint: 'Its raw evidence can be parsed again into the present version.',
      },
    );
  }
  const { events } = recordingLayout(folder);
  const names = await readdir(events).catch(() => []);
  const eventFiles = names.filter((name) => name.endsWith('.parquet')).sort();
  if (eventFiles.length === 0) {
    throw new HarnessError(`${events} holds no Parquet file`, {
      code: 'recording/no-events',
      exitCode: exitCode.usage,
    });
  }
  return { folder, manifest, eventFiles: eventFiles.map((name) => join(events, name)) };
};
