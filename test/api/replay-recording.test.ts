import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { replayRecording } from '../../src/api/replay-recording.ts';
import { reparseRecording } from '../../src/api/reparse.ts';
import type { HarnessError } from '../../src/model/harness-error.ts';
import type { Manifest } from '../../src/model/manifest.ts';
import type { RunEvent } from '../../src/model/run-event.ts';
import { checkRecording } from '../../src/recording/check-recording.ts';
import { systemClock } from '../../src/util/clock.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';

const fixtures = resolve(import.meta.dirname, '../fixtures');
const project = join(fixtures, 'projects/quick');
const recording = join(fixtures, 'recording/quick');

const codeOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: unknown) => (error as HarnessError).code,
  );

describe('a replay', () => {
  const folder = useTemporaryFolder();

  const replay = async (reparse: boolean, options: { root?: string; from?: string } = {}) => {
    const events: RunEvent[] = [];
    const { result, folder: target } = await replayRecording(options.from ?? recording, {
      root: options.root ?? project,
      reports: folder(),
      reparse,
      scenario: null,
      clock: systemClock,
      signal: new AbortController().signal,
      emit: (event) => void events.push(event),
    });
    return { result, target, events };
  };

  it('judges a recording without a lab, and writes every report', async () => {
    const { result, target, events } = await replay(false);
    expect(
      result.results.flatMap(({ variant, detections }) =>
        detections.map(({ id, verdict, met }) => [variant, id, verdict, met]),
      ),
    ).to.deep.equal([
      ['local', 'outbound-public', 'missed', true],
      ['server', 'outbound-public', 'fired', true],
    ]);
    expect(result.results.flatMap(({ signals }) => signals.map(({ verdict }) => verdict))).to.deep.equal([
      'seen',
      'seen',
    ]);
    expect(result.exitCode).to.equal(0);
    expect(await readdir(target)).to.have.members([
      ...[
        'run.json',
        'index.html',
        'junit.xml',
        'navigator.json',
        'summary.md',
        'techniques',
        'results.sarif',
        'attire.json',
      ],
    ]);
    expect(events.map(({ type }) => type)).to.include.members(['run-started', 'judged', 'run-finished']);
  });

  it('gives the same result again, byte for byte, from the events and from the raw evidence', async () => {
    const texts: string[] = [];
    for (const reparse of [false, false, true]) {
      texts.push(await readFile(join((await replay(reparse)).target, 'run.json'), 'utf8'));
    }
    expect(new Set(texts).size).to.equal(1);
  });

  it('does not need the events to parse the raw evidence, nor the raw evidence to judge the events', async () => {
    const copy = join(folder(), 'copy');
    await cp(recording, copy, { recursive: true });
    await rm(join(copy, 'events'), { recursive: true });
    expect((await replay(true, { from: copy })).result.exitCode).to.equal(0);
    await cp(join(recording, 'events'), join(copy, 'events'), { recursive: true });
    await rm(join(copy, 'raw'), { recursive: true });
    expect((await replay(false, { from: copy })).result.exitCode).to.equal(0);
  });

  it('judges with the rules as they are now', async () => {
    const edited = join(folder(), 'project');
    await cp(project, edited, { recursive: true });
    const file = join(edited, 'detections/T1571/outbound-public.kql');
    await writeFile(file, (await readFile(file, 'utf8')).replace('Connections >= 3', 'Connections >= 4'));
    const { result } = await replay(false, { root: edited });
    const server = result.results.find(({ variant }) => variant === 'server')?.detections[0];
    expect(server).to.include({ verdict: 'missed', met: false });
    expect(server?.reason?.clause).to.equal('Connections >= 4');
    expect(result.exitCode).to.equal(1);
  });

  it('takes a run folder for its recording, and says what is none', async () => {
    const run = join(folder(), 'run');
    await cp(recording, join(run, 'recording'), { recursive: true });
    expect((await replay(false, { from: run })).result.exitCode).to.equal(0);
    expect(await codeOf(replay(false, { from: folder() }))).to.equal('recording/not-found');
  });
});

describe('parsing a recording again', () => {
  const folder = useTemporaryFolder();
  const edit = async (change: (manifest: Manifest) => unknown): Promise<string> => {
    const copy = join(folder(), 'copy');
    await cp(recording, copy, { recursive: true });
    const file = join(copy, 'manifest.json');
    const manifest = JSON.parse(await readFile(file, 'utf8')) as Manifest;
    await writeFile(file, JSON.stringify(change(manifest)));
    return copy;
  };

  it('finds as many events as were recorded, in a recording that is whole', async () => {
    expect(await checkRecording(recording)).to.deep.equal([]);
    const { manifest, events } = await reparseRecording(recording);
    expect(events.length).to.equal(manifest.sensors.reduce((sum, sensor) => sum + sensor.events, 0));
    expect(events.length).to.be.greaterThan(10);
  });

  it('is refused where the manifest does not say how, or would lead out of the folder', async () => {
    const without = await edit(({ parsing: _, ...rest }) => rest);
    expect(await codeOf(reparseRecording(without))).to.equal('recording/no-raw-evidence');
    const unknownStep = await edit((manifest) => ({ ...manifest, steps: [] }));
    expect(await codeOf(reparseRecording(unknownStep))).to.equal('recording/manifest-invalid');
    const outside = await edit((manifest) => ({
      ...manifest,
      topology: { ...manifest.topology, hosts: manifest.topology.hosts.map((host) => ({ ...host, name: '../box-1' })) },
      parsing: { agents: { '../box-1': 2 }, steps: [] },
    }));
    expect(await codeOf(reparseRecording(outside))).to.equal('recording/manifest-invalid');
  });
});
