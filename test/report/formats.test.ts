import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { formatNames } from '../../src/api/write-reports.ts';
import { reportFormats } from '../../src/report/formats.ts';
import { fixtureRun } from './fixture-run.ts';
import { sampleRun } from './sample-run.ts';

describe('the formats of reports', () => {
  it('are a folder each', () => {
    const folders = readdirSync(join(import.meta.dirname, '../../src/report'));
    for (const name of formatNames) expect(folders).to.include(name);
  });

  it('are pure: the same run gives the same files, and is not touched', () => {
    for (const run of [fixtureRun(), sampleRun]) {
      const before = JSON.stringify(run);
      for (const { render } of reportFormats) expect(render(run)).to.deep.equal(render(run));
      expect(JSON.stringify(run)).to.equal(before);
    }
  });

  it('write files of their own, none outside the run folder', () => {
    const files = reportFormats.flatMap(({ render }) => Object.keys(render(sampleRun)));
    expect(new Set(files).size).to.equal(files.length);
    for (const file of files) expect(file).to.match(/^[\w-]+(\.[\w-]+)*(\/[\w-]+(\.[\w-]+)*)?$/);
  });

  it('let through no control sequence that a host printed', () => {
    for (const { name, render } of reportFormats) {
      for (const text of Object.values(render(sampleRun))) expect(text, name).not.to.match(/[\u0007\u001b]|\\u001b/);
    }
  });
});
