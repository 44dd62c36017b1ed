import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { createContent } from '../../../src/content/create-content.ts';
import { renderDiagnostics } from '../../../src/report/diagnostics/render-diagnostics.ts';
import { knownTables, readInvalidFixtures, readProjectFiles } from '../../content/project-files.ts';

const expectedFile = 'test/fixtures/content/invalid.txt';

describe('every problem that content can have', () => {
  it('is drawn as the snapshot shows (UPDATE_SNAPSHOTS=1 writes it anew)', async () => {
    const project = await readProjectFiles();
    const drawn = (await readInvalidFixtures())
      .map(({ source }) => renderDiagnostics(createContent([...project, source], { tables: knownTables }).diagnostics))
      .join('\n');
    if (process.env['UPDATE_SNAPSHOTS'] === '1') writeFileSync(expectedFile, drawn);
    expect(drawn).to.equal(readFileSync(expectedFile, 'utf8'));
  });
});
