import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A new folder that is removed after each test of the suite that calls this. */
export const useTemporaryFolder = (): (() => string) => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tocsin-test-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  return () => folder;
};
