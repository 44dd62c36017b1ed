import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import type { Manifest } from '../model/manifest.ts';
import type { EventBatches } from './event-table.ts';
import { recordingLayout } from './layout.ts';
import { writeEvents } from './write-events.ts';

export interface RecordingContent {
  readonly manifest: Manifest;
  readonly events: EventBatches;
}

/**
 * Writes manifest and events into `folder`, beside raw evidence that is there already. Each appears whole or not at all, the
 * manifest last; what was there of an earlier parse is replaced. Returns the number of events.
 */
export const writeRecording = async (folder: string, { manifest, events }: RecordingContent): Promise<number> => {
  const layout = recordingLayout(folder);
  const newEvents = `${layout.events}.new`;
  const newManifest = `${layout.manifest}.new`;
  await rm(newEvents, { recursive: true, force: true });
  await mkdir(newEvents, { recursive: true });
  const total = await writeEvents(newEvents, events);
  await writeFile(newManifest, `${JSON.stringify(manifest, null, 2)}\n`);
  // Between these lines there is no manifest, so a reader never sees new events under an old one.
  await rm(layout.manifest, { force: true });
  await rm(layout.events, { recursive: true, force: true });
  await rename(newEvents, layout.events);
  await rename(newManifest, layout.manifest);
  return total;
};
