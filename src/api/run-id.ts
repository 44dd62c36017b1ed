import { randomBytes } from 'node:crypto';

/** `20261120T162641Z-3f9a01`: sorts by time, names a folder, and two runs of one second differ. */
export const createRunId = (now: Date): string =>
  `${now.toISOString().replace(/[-:]|\.\d+/g, '')}-${randomBytes(3).toString('hex')}`;
