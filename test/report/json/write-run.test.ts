import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Result } from '../../../src/model/run-result.ts';
import { runJsonSchema, runSchema } from '../../../src/report/json/run-schema.ts';
import { readRunJson, renderRunJson, writeRunJson } from '../../../src/report/json/write-run.ts';
import { sampleRun } from '../sample-run.ts';

describe('run.json', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tocsin-run-json-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('holds the whole result and reads back as its schema says', async () => {
    expect(await writeRunJson(join(folder, 'reports'), sampleRun)).to.equal('run.json');
    const read = await readRunJson(join(folder, 'reports'));
    expect(read.results.map(({ key }) => key)).to.deep.equal(sampleRun.results.map(({ key }) => key).sort());
    expect(read.results.find(({ variant }) => variant === 'vps')?.detections[0]?.rows).to.deep.equal([
      { DeviceName: 'workstation', ConnectionCount: 24 },
    ]);
  });

  it('leaves no draft behind, and replaces an earlier file whole', async () => {
    await writeRunJson(folder, sampleRun);
    await writeRunJson(folder, { ...sampleRun, exitCode: 0 });
    expect(await readdir(folder)).to.deep.equal(['run.json']);
    expect((JSON.parse(await readFile(join(folder, 'run.json'), 'utf8')) as { exitCode: number }).exitCode).to.equal(0);
  });

  it('is the same text whatever order the lists came in', () => {
    const reversed: typeof sampleRun = {
      ...sampleRun,
      results: sampleRun.results.toReversed().map((result: Result) => ({
        ...result,
        detections: result.detections.toReversed(),
        signals: result.signals.toReversed(),
        marks: result.marks.toReversed(),
      })),
      environment: Object.fromEntries(Object.entries(sampleRun.environment).toReversed()),
    };
    expect(renderRunJson(reversed)).to.equal(renderRunJson(sampleRun));
  });

  for (const path of ['/home/someone/detections/a.kql', 'C:\\rules\\a.kql', 'detections\\a.kql']) {
    it(`refuses the file ${path}, which means nothing on another machine`, () => {
      expect(() => renderRunJson({ ...sampleRun, scenario: { ...sampleRun.scenario, file: path } })).to.throw(/path/);
    });
  }

  it('refuses keys that nobody declared', () => {
    expect(runSchema.safeParse({ ...sampleRun, surprise: 1 }).success).to.equal(false);
  });

  it('refuses a row that JSON cannot hold', () => {
    const [first] = sampleRun.results;
    const detections = (first?.detections ?? []).map((detection) => ({ ...detection, rows: [{ count: 1n }] }));
    expect(() => renderRunJson({ ...sampleRun, results: [{ ...(first as Result), detections }] })).to.throw();
  });

  it('has a JSON Schema for other programs', () => {
    expect(runJsonSchema()).to.have.nested.property('properties.schemaVersion.const', 1);
  });
});
