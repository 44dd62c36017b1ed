import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { createCompiler } from '../../../src/judge/detections/compile.ts';
import { judgeDetection } from '../../../src/judge/detections/judge-detection.ts';
import type { Detection } from '../../../src/model/detection.ts';
import type { DetectionResult } from '../../../src/model/verdict.ts';
import type { SumoDialect } from '../../../src/query/sumo/dialect.ts';
import { loadLanguages } from '../../../src/query/languages.ts';
import { openEngine } from '../../../src/query/open-engine.ts';
import type { Hub } from '../../../src/telemetry/hub.ts';
import { openHub } from '../../../src/telemetry/open-hub.ts';
import { hubRelations } from '../../../src/telemetry/relations.ts';
import { connection, manifest, noon } from '../../support/events.ts';
import { execution, rule, variant } from '../courtroom.ts';

const folder = resolve(import.meta.dirname, '../../../detections/T1583.004');

const minutes = 60_000_000;

/** The plan that must fire: 24 connections of powershell.exe to one public address, 300 s apart. */
const plan = Array.from({ length: 24 }, (_, index) =>
  connection({ 'event.id': `ws1:trace:${index}`, '@timestamp': noon + index * 5 * minutes }),
);

type Filled = 'application' | 'baseImage';

/** `application`: the records as a product's mapping gives them that puts the process there. */
const engineFor = async (hub: Hub, filled: Filled, sumo: Partial<SumoDialect>) => {
  const relations = new Map(hubRelations(hub));
  const name = 'sec_record_network';
  const table = relations.get(name);
  if (table === undefined) throw new Error(`there is no ${name}`);
  if (filled === 'application')
    relations.set(name, { ...table, sql: `(SELECT * REPLACE (baseImage AS application) FROM ${table.sql})` });
  return openEngine({ database: hub.database, relations, catalog: [], languages: await loadLanguages(['sumo']), sumo });
};

/** A search once a day, over the day: each offset is seen whole, or cut where the day ends. */
const daily = { frequencySeconds: 86_400, periodSeconds: 86_400, threshold: 0 };

interface Options {
  readonly sumo?: Partial<SumoDialect>;
  readonly schedule?: Detection['schedule'];
}

const judge = async (file: string, filled: Filled, { sumo = {}, schedule }: Options = {}): Promise<DetectionResult> => {
  await using hub = await openHub({ manifest: manifest(), events: plan });
  const engine = await engineFor(hub, filled, sumo);
  const detection = rule(readFileSync(join(folder, file), 'utf8'), {
    language: 'sumo',
    techniques: ['T1583.004'],
    ...(schedule === undefined ? {} : { schedule }),
  });
  const subject = {
    ...{ hub, engine, compile: createCompiler(engine), variant: variant(), execution: execution(), marks: [] },
    ...{
      technique: 'T1583.004',
      benign: false,
      span: { first: noon, last: noon + 115 * minutes },
      signal: new AbortController().signal,
    },
  };
  return await judgeDetection(subject, detection);
};

describe('the beaconing rule of T1583.004 in Sumo, on the plan that must fire', function () {
  this.timeout(60_000);

  it('is broken as published, all six words of Splunk pointed at with Sumo’s way', async () => {
    const { verdict, diagnostics } = await judge('published/t1583-004.sumo', 'application');
    expect(verdict).to.equal('broken');
    expect(diagnostics.map(({ code }) => code)).to.deep.equal(Array.from({ length: 6 }, () => 'sumo/splunk-word'));
    for (const { place, hint } of diagnostics) {
      expect(place?.line).to.be.greaterThan(30);
      expect(hint).to.be.a('string');
    }
  });

  it('fires at every start offset where application is filled, whatever the documentation leaves open', async () => {
    const { verdict, phases, reason, marks } = await judge('maintained/t1583-004.sumo', 'application');
    expect({ verdict, phases, reason }).to.deep.equal({
      verdict: 'fired',
      phases: { tried: 12, fired: 12 },
      reason: null,
    });
    expect(marks).to.not.include('undocumented-behavior');
  });

  it('on Sysmon’s records fires at a share of offsets that hangs on the deviation, and the misses name application', async () => {
    const sample = await judge('maintained/t1583-004.sumo', 'baseImage', { schedule: daily });
    const population = await judge('maintained/t1583-004.sumo', 'baseImage', {
      schedule: daily,
      sumo: { deviation: 'population' },
    });
    expect(sample.verdict).to.equal('fired');
    expect(sample.phases.fired).to.be.greaterThan(0).and.lessThan(population.phases.fired);
    expect(population.phases.fired).to.be.lessThan(12);
    expect(sample.marks).to.include.members(['undocumented-behavior', 'always-null-column']);
    const summary = sample.reason?.summary ?? '';
    expect(summary).to.contain(`fired at ${sample.phases.fired} of 12 start offsets`);
    expect(summary).to.match(/where it did not: .*sec_record_network\.application is filled by no sensor/);
    expect(summary).to.contain(
      `with deviation: population it would fire at ${population.phases.fired} of 12 start offsets`,
    );
  });

  it('on Sysmon’s records fires at every offset when it runs each hour, since some window then holds whole hours only', async () => {
    const { phases, reason } = await judge('maintained/t1583-004.sumo', 'baseImage');
    expect(phases).to.deep.equal({ tried: 12, fired: 12 });
    expect(reason?.summary).to.contain('with nullComparison: unknown it would fire at 0 of 12 start offsets');
  });

  it('fires at every start offset on both once it looks in baseImage too', async () => {
    for (const filled of ['application', 'baseImage'] as const)
      expect(await judge('maintained/t1583-004-base-image.sumo', filled)).to.deep.include({
        verdict: 'fired',
        phases: { tried: 12, fired: 12 },
      });
  });
});
