import { expect } from 'chai';
import { exitCodeOf } from '../../src/judge/exit-code.ts';
import { judgeRun, type Judged, type JudgeInput } from '../../src/judge/judge-run.ts';
import type { Atomic } from '../../src/model/atomic.ts';
import type { LabEvent } from '../../src/model/event.ts';
import { HarnessError } from '../../src/model/harness-error.ts';
import type { Manifest } from '../../src/model/manifest.ts';
import type { Scenario } from '../../src/model/scenario.ts';
import { renderRunJson } from '../../src/report/json/write-run.ts';
import { openHub } from '../../src/telemetry/open-hub.ts';
import { manifest } from '../support/events.ts';
import { beacon, engineOver, execution, expecting, place, rule, variant } from './courtroom.ts';
import { signal } from './signals/signal.ts';

const atomic: Atomic = {
  technique: 'T1583.003',
  techniqueName: 'Virtual Private Server',
  number: 1,
  guid: 'g',
  name: 'PowerShell HTTP check-in',
  description: '',
  platforms: ['windows'],
  inputs: [],
  dependencyExecutor: null,
  dependencies: [],
  executor: { name: 'powershell', elevationRequired: false, command: 'x', cleanupCommand: null },
  place: { file: 'atomics/T1583.003/T1583.003.yaml', line: 1, column: 1 },
};

const publicBeacon = rule('DeviceNetworkEvents\n| where RemoteIPType == "Public"', { id: 'public-beacon' });
const broken = rule('DeviceNetworkEvents | where Nothing == 1', { id: 'a-broken-rule', origin: 'published' });

const expectPublic = { detection: 'public-beacon', verdict: 'fired' } as const;
const wanted = {
  signals: [{ signal: 'check-ins', verdict: 'seen', place }],
  detections: [expecting(expectPublic)],
} as const;

const scenario: Scenario = {
  timeScale: 1,
  id: 'by-hand',
  name: 'By hand',
  description: '',
  freshHosts: false,
  environment: null,
  background: [],
  topology: 'by-hand',
  detections: ['public-beacon', 'a-broken-rule'],
  variants: [
    variant({ name: 'vps', expect: wanted }),
    variant({
      name: 'loopback',
      expect: { ...wanted, detections: [expecting({ ...expectPublic, verdict: 'missed', clause: 'RemoteIPType' })] },
    }),
  ],
  place,
};

const named = (variantName: string, events: readonly LabEvent[]): readonly LabEvent[] =>
  events.map((event, index) => ({ ...event, 'event.id': `${variantName}:${index}`, 'tocsin.variant': variantName }));

const events = [...named('vps', beacon(24)), ...named('loopback', beacon(15, { 'destination.ip': '127.0.0.1' }))];

const recorded: Partial<Manifest> = {
  executions: [execution({ variant: 'vps' }), execution({ variant: 'loopback' })],
};

const judge = async (
  changes: Partial<JudgeInput> = {},
  run: Partial<Manifest> = recorded,
  seen: readonly LabEvent[] = events,
): Promise<Judged> => {
  await using hub = await openHub({ manifest: manifest(run), events: seen });
  return await judgeRun({
    scenario,
    atomics: new Map([['g', atomic]]),
    signalsOf: () => [
      signal({
        id: 'check-ins',
        where: { Image: '*\\powershell.exe' },
        every: { intervalSeconds: 5, toleranceSeconds: 1 },
      }),
    ],
    detections: new Map([publicBeacon, broken].map((one) => [one.id, one])),
    hub,
    engine: await engineOver(hub),
    signal: new AbortController().signal,
    ...changes,
  });
};

const exitCode = ({ results, unmet }: Judged): number => exitCodeOf({ results, unmet, residue: [] });

describe('judging a recording', function () {
  this.timeout(60_000);

  it('calls a rule that fires on ordinary life noisy, whoever claims it, and leaves that out of coverage', async () => {
    const activity = {
      ...{
        id: 'agent',
        guid: 'g',
        kind: 'monitoring agent',
        file: 'C:\\Vendor\\agent.exe',
        arguments: '',
        startedBy: null,
      },
      polls: { url: 'http://vendor.example/', everySeconds: 5, connection: 'new' },
      documented: { pace: 'every 5 seconds', source: 'https://vendor.example/', assumed: null },
    } as const;
    const { results, coverage } = await judge({ atomics: new Map([['g', { ...atomic, activity }]]) });
    expect(
      results.map(({ scope, detections }) => [scope, detections.find(({ id }) => id === 'public-beacon')?.verdict]),
    ).to.deep.equal([
      ['benign', 'quiet'],
      ['benign', 'noisy'],
    ]);
    expect(results[0]?.marks).to.include('emulated-product');
    expect(coverage.map(({ status, tried }) => [status, tried])).to.deep.equal([['untested', 0]]);
  });

  describe('a rule that ordinary life sets off', () => {
    const agent = 'C:\\Program Files\\Vendor\\agent.exe';
    const quietable = rule('DeviceNetworkEvents\n| where RemoteIPType == "Public"', { id: 'public-beacon' });
    const activity = {
      ...{ id: 'agent', guid: 'b', kind: 'monitoring agent', file: agent, arguments: '', startedBy: null },
      polls: { url: 'http://vendor.example/', everySeconds: 5, connection: 'new' },
      documented: { pace: 'every 5 seconds', source: 'https://vendor.example/', assumed: null },
    } as const;
    const judgeBoth = (attacker: string): Promise<Judged> =>
      judge(
        {
          scenario: {
            ...scenario,
            detections: ['public-beacon'],
            variants: [variant({ name: 'vps' }), variant({ name: 'agent', atomic: 'b' })],
          },
          atomics: new Map([
            ['g', atomic],
            ['b', { ...atomic, guid: 'b', activity }],
          ]),
          detections: new Map([['public-beacon', quietable]]),
          signalsOf: () => [],
        },
        {
          executions: [execution({ variant: 'vps' }), execution({ variant: 'agent', atomic: 'b' })],
        },
        [
          ...named('vps', beacon(24, { 'process.executable': attacker })),
          ...named('agent', beacon(24, { 'process.executable': agent })),
        ],
      );
    const ofAgent = ({ results }: Judged) => results.find((one) => one.variant === 'agent')?.detections[0];

    it('is shown with what would quieten it and lose no attack of the run, once that was run', async () => {
      const found = ofAgent(await judgeBoth('C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe'));
      expect(found?.verdict).to.equal('noisy');
      expect(found?.quieting).to.deep.equal({
        change: `| where InitiatingProcessFolderPath !in~ (@"${agent}")`,
        line: 1,
        quiet: ['agent'],
        stillFires: ['vps'],
      });
      expect(found?.reason?.summary).to.include('below line 1 of its query it is quiet');
    });

    it('is shown without, where the change would lose the attack', async () => {
      const found = ofAgent(await judgeBoth(agent));
      expect(found?.verdict).to.equal('noisy');
      expect(found?.quieting).to.equal(undefined);
    });
  });

  it('gives every variant its own verdicts, sorted by key, and meets its expectations', async () => {
    const judged = await judge();
    expect(judged.results.map(({ key }) => key)).to.deep.equal([
      'by-hand/loopback/g/target=ws1',
      'by-hand/vps/g/target=ws1',
    ]);
    expect(
      judged.results.map(({ detections }) => detections.map(({ id, verdict }) => `${id} ${verdict}`)),
    ).to.deep.equal([
      ['a-broken-rule broken', 'public-beacon missed'],
      ['a-broken-rule broken', 'public-beacon fired'],
    ]);
    expect(judged.results.map(({ signals }) => signals.map(({ got }) => got))).to.deep.equal([
      ['15 rows, every 5.00 s (5.00–5.00)'],
      ['24 rows, every 5.00 s (5.00–5.00)'],
    ]);
    expect(judged.unmet).to.deep.equal([]);
    expect(exitCode(judged)).to.equal(0);
    expect(judged.coverage).to.deep.equal([
      {
        technique: 'T1583.003',
        name: 'Virtual Private Server',
        status: 'partial',
        fired: 1,
        tried: 2,
        inferential: true,
      },
    ]);
  });

  it('tells the story of a variant by the rows its signals rest on', async () => {
    const [loopback] = (await judge()).results;
    expect(loopback?.timeline).to.have.length(15);
    expect(loopback?.timeline[1]).to.deep.equal({
      time: '2026-11-20T12:00:05.123456Z',
      signal: 'check-ins',
      action: 'Sysmon-3',
      summary: 'Image=C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
      host: 'ws1',
    });
  });

  it('hands over each result as soon as it stands, in the scenario’s order', async () => {
    const heard: string[] = [];
    await judge({ onResult: ({ variant: name }) => heard.push(name) });
    expect(heard).to.deep.equal(['vps', 'loopback']);
  });

  it('is 1 as soon as one expectation is changed', async () => {
    const [vps, loopback] = scenario.variants;
    if (vps === undefined || loopback === undefined) throw new Error('two variants');
    const changed = { ...loopback, expect: wanted };
    const judged = await judge({ scenario: { ...scenario, variants: [vps, changed] } });
    expect(judged.unmet).to.have.length(1);
    expect(judged.unmet[0]).to.include({
      variant: 'loopback',
      kind: 'detection',
      id: 'public-beacon',
      expected: 'fired',
      got: 'missed',
    });
    expect(exitCode(judged)).to.equal(1);
  });

  it('is 3 when a variant did not run because the lab failed, and the others are judged all the same', async () => {
    const executed = {
      ...execution().executed,
      status: 'not-run',
      reason: 'sensor-lost',
      detail: 'the trace went silent',
    } as const;
    const judged = await judge(
      {},
      { executions: [execution({ variant: 'vps' }), execution({ variant: 'loopback', executed })] },
    );
    expect(judged.results.map(({ detections }) => detections.at(-1)?.verdict)).to.deep.equal(['not-run', 'fired']);
    expect(judged.unmet.map(({ kind, got }) => `${kind} ${got}`)).to.deep.equal([
      'execution sensor-lost',
      'detection not-run',
    ]);
    expect(exitCode(judged)).to.equal(3);
  });

  it('is 3 when the recording does not hold a variant of the scenario', async () => {
    const judged = await judge({}, { executions: [execution({ variant: 'vps' })] });
    expect(judged.results[0]?.executed.reason).to.equal('not-recorded');
    expect(exitCode(judged)).to.equal(3);
  });

  it('gives the same results when it is judged again', async () => {
    expect(await judge()).to.deep.equal(await judge());
  });

  it('gives what run.json can hold', async () => {
    const { results, coverage } = await judge();
    const text = renderRunJson({
      schemaVersion: 1,
      runId: 'r1',
      scenario: { id: scenario.id, name: scenario.name, file: place.file, description: '' },
      driver: 'namespace',
      environment: {},
      attack: { version: '18' },
      startedAt: '2026-11-20T11:59:00Z',
      finishedAt: '2026-11-20T12:01:00Z',
      exitCode: 0,
      notLoaded: [],
      losses: [],
      results,
      coverage,
      residue: [],
      sources: { [publicBeacon.place.file]: publicBeacon.text },
    });
    expect((JSON.parse(text) as { results: unknown[] }).results).to.have.length(2);
  });

  it('refuses a scenario that names what was not loaded: exit code 2', async () => {
    const error: unknown = await judge({ detections: new Map() }).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(error).to.be.instanceOf(HarnessError);
    expect((error as HarnessError).exitCode).to.equal(2);
    expect((error as HarnessError).message).to.contain('the detection "a-broken-rule"');
  });
});
