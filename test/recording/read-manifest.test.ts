import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { openRecording } from '../../src/recording/open-recording.ts';
import { readManifest } from '../../src/recording/read-manifest.ts';
import { writeRecording } from '../../src/recording/write-recording.ts';
import { manifest } from '../support/events.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';

describe('reading a manifest', () => {
  const folder = useTemporaryFolder();

  const readText = async (text: string): Promise<{ readonly code: string; readonly message: string }> => {
    await writeFile(join(folder(), 'manifest.json'), text);
    return readManifest(folder()).then(
      () => ({ code: 'none', message: '' }),
      (error: unknown) => error as { code: string; message: string },
    );
  };

  it('says that a folder without one is not a recording', async () => {
    const error: unknown = await readManifest(folder()).catch((e: unknown) => e);
    expect(error).to.include({ code: 'recording/not-found', exitCode: 2 });
  });

  it('says where it is not JSON', async () => {
    expect(await readText('{"schemaVersion": 1,')).to.include({ code: 'recording/manifest-not-json' });
  });

  it('names every wrong key at once, with its path', async () => {
    const given = { ...manifest(), runid: 'x', clock: { scale: 0, startMicros: 0 }, startedAt: 'yesterday' };
    const error = await readText(JSON.stringify(given));
    expect(error.code).to.equal('recording/manifest-invalid');
    expect(error.message).to.include('runid').and.include('clock.scale').and.include('startedAt');
  });

  it('refuses a version that it does not know', async () => {
    expect(await readText(JSON.stringify({ ...manifest(), schemaVersion: 2 }))).to.include({
      code: 'recording/manifest-invalid',
    });
  });

  it('refuses events of another version rather than misread them', async () => {
    await writeRecording(folder(), { manifest: manifest({ eventVersion: 99 }), events: [] });
    const error: unknown = await openRecording(folder()).catch((e: unknown) => e);
    expect(error).to.include({ code: 'recording/event-version' });
    expect((error as Error).message).to.include('version 99');
  });
});
