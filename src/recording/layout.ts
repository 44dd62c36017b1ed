import { join } from 'node:path';

/** Where things lie in a recording's folder; docs/recording.md is written from this. */
export const recordingLayout = (folder: string) => ({
  /** Written last: a folder without it is not a recording. */
  manifest: join(folder, 'manifest.json'),
  /** Parquet files; together they are the events. */
  events: join(folder, 'events'),
  /** Raw evidence, one folder a host. */
  raw: join(folder, 'raw'),
});
