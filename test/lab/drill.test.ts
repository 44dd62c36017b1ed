import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { loadScenario, runScenario, type FinishedRun, type RunOptions } from '../../src/api/run-scenario.ts';
import { createDockerDriver } from '../../src/lab/docker/driver.ts';
import type { Driver, Lab } from '../../src/lab/driver.ts';
import { createNamespaceDriver } from '../../src/lab/namespace/driver.ts';
import type { RunEvent } from '../../src/model/run-event.ts';
import type { Result } from '../../src/model/run-result.ts';
import { systemClock } from '../../src/util/clock.ts';
import { requireLab } from './require-lab.ts';
import { aptOf, writeRepository } from './unit/software/repository.ts';

const project = resolve(import.meta.dirname, '../fixtures/projects/quick');

/** What a test does to a drill: to its content before it starts, and to its lab when the first test runs. */
interface Interference {
  readonly edit?: (text: string) => string;
  readonly editTopology?: (text: string) => string;
  readonly command?: string;
  readonly editSignals?: (text: string) => string;
  readonly software?: RunOptions['software'];
  readonly onDetonation?: (lab: Lab, run: string) => void | Promise<void>;
}

interface Drilled extends FinishedRun {
  readonly events: readonly RunEvent[];
  readonly result: FinishedRun['result'];
  readonly byVariant: (name: string) => Result;
}

const drillWith = async (driver: Driver, folder: string, interference: Interference = {}): Promise<Drilled> => {
  const root = join(folder, 'project');
  cpSync(project, root, { recursive: true });
  const rewrite = (file: string, edit: (text: string) => string): void =>
    writeFileSync(join(root, file), edit(readFileSync(join(root, file), 'utf8')));
  if (interference.edit !== undefined) rewrite('scenarios/quick.yaml', interference.edit);
  if (interference.editTopology !== undefined) rewrite('lab/topologies/two-zones.yaml', interference.editTopology);
  if (interference.editSignals !== undefined) rewrite('atomics/T1571/signals.yaml', interference.editSignals);
  if (interference.command !== undefined) {
    const { command } = interference;
    rewrite('atomics/T1571/T1571.yaml', (text) => text.replace(/for i in/, () => `${command}\n      for i in`));
  }
  let opened: Lab | null = null;
  let interfered = false;
  const watched: Driver = { ...driver, openLab: async (options) => (opened = await driver.openLab(options)) };
  const events: RunEvent[] = [];
  const interfering: Promise<void>[] = [];
  const { result, folder: reports } = await runScenario(await loadScenario(root, 'quick'), {
    reports: join(folder, 'reports'),
    driver: watched,
    clock: systemClock,
    signal: new AbortController().signal,
    ...(interference.software === undefined ? {} : { software: interference.software }),
    emit: (event) => {
      events.push(event);
      if (event.type !== 'step-started' || interfered || opened === null) return;
      interfered = true;
      interfering.push(Promise.resolve(interference.onDetonation?.(opened, opened.runId)));
    },
  });
  await Promise.allSettled(interfering);
  const byVariant = (name: string): Result => {
    const found = result.results.find(({ variant }) => variant === name);
    if (found === undefined) throw new Error(`no result for ${name}`);
    return found;
  };
  return { result, folder: reports, events, byVariant };
};

/** Long enough that what happens meanwhile on a busy machine happens meanwhile. */
const slower = (text: string): string => text.replace('timeout: 30s', 'timeout: 30s\n  inputs: { interval: 2 }');

/** Ends the listener of the server from inside its host. */
const killListener = async (lab: Lab): Promise<void> => {
  const host = lab.hosts.get('vps-1');
  await host?.exec({
    step: { id: 'interference', variant: null, origin: 'harness', host: 'vps-1' },
    // The pattern does not match the shell that looks for it.
    argv: [
      '/bin/sh',
      '-c',
      'for p in /proc/[0-9]*; do case "$(cat $p/cmdline 2>/dev/null | tr "\\0" " ")" in *[h]ttp-listener*) kill -9 ${p#/proc/};; esac; done',
    ],
    env: {},
    cwd: '/',
    timeoutMs: 5000,
    signal: AbortSignal.timeout(5000),
  });
};

const verdicts = ({ result }: Drilled): string[] =>
  result.results.flatMap(({ variant, detections }) => detections.map(({ verdict }) => `${variant}: ${verdict}`));

for (const driver of [createNamespaceDriver({}), createDockerDriver({})]) {
  describe(`a drill on the ${driver.name} driver`, function () {
    this.timeout(90_000);
    let folder: string;

    before(async function () {
      await requireLab(this, driver);
    });
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'tocsin-drill-'));
    });
    afterEach(() => rmSync(folder, { recursive: true, force: true }));

    it('meets its expectations, says why the other rule missed, and ends with 0', async () => {
      const drilled = await drillWith(driver, folder);
      expect(verdicts(drilled)).to.deep.equal(['local: missed', 'server: fired']);
      const [missed] = drilled.byVariant('local').detections;
      expect(missed?.reason).to.deep.include({ clause: 'RemoteIPType == "Public"', proved: true });
      expect(missed?.reason?.blockers.map(({ rowsIn, rowsOut }) => [rowsIn, rowsOut])).to.deep.equal([[3, 0]]);
      const [fired] = drilled.byVariant('server').detections;
      expect(fired?.phases).to.deep.equal({ tried: 12, fired: 12 });
      expect(drilled.result).to.deep.include({ exitCode: 0, residue: [], losses: [] });
      expect(readdirSync(drilled.folder).sort()).to.include.members(['index.html', 'recording', 'run.json']);
    });

    it('ends with 1 when a rule does not do what is expected of it', async () => {
      const drilled = await drillWith(driver, folder, {
        edit: (text) => text.replace('{ verdict: missed, clause: RemoteIPType == "Public" }', 'fired'),
      });
      expect(drilled.byVariant('local').detections[0]).to.deep.include({
        verdict: 'missed',
        expected: 'fired',
        met: false,
      });
      expect(drilled.result.exitCode).to.equal(1);
    });

    it('brings the software that a test needs, and does not run one whose software cannot be had', async () => {
      const repository = join(folder, 'repository');
      const text = '#!/bin/sh\necho "here it is"\n';
      await writeRepository(repository, [
        { name: 'base-thing', control: ['Essential: yes'] },
        { name: 'probe-tool', files: { 'usr/bin/probe-tool': text } },
      ]);
      const releases = { machine: driver.release, hosts: driver.release };
      const common = { cache: join(folder, 'cache'), run: aptOf(repository), releases, nowMs: Date.now };
      const needs = (name: string): Interference => ({
        editSignals: (signals) => signals.replace(/^(0c4f\S+:)$/m, `$1\n  needs: [${name}]`),
        command: 'probe-tool',
        software: common,
      });
      const with_ = await drillWith(driver, folder, needs('probe-tool'));
      expect(with_.byVariant('local').executed.stdout).to.include('here it is');
      expect(with_.result.exitCode).to.equal(0);
      rmSync(join(folder, 'project'), { recursive: true });
      const without = await drillWith(driver, folder, needs('no-such-tool'));
      const { executed, detections } = without.byVariant('local');
      expect(executed).to.include({ status: 'not-run', reason: 'prerequisite' });
      expect(executed.detail).to.include('package no-such-tool cannot be had: Unable to locate package no-such-tool');
      expect(detections.map(({ verdict }) => verdict)).to.deep.equal(['not-run']);
      expect(without.result.exitCode).to.equal(1);
    });

    it('ends with 3, and gives no verdict on a rule, when the service it talks to dies', async () => {
      const drilled = await drillWith(driver, folder, { edit: slower, onDetonation: killListener });
      const { executed, detections } = drilled.byVariant('server');
      expect(executed, executed.detail).to.deep.include({ status: 'not-run', reason: 'service-died' });
      expect(detections.map(({ verdict }) => verdict)).to.deep.equal(['not-run']);
      expect(drilled.result.exitCode).to.equal(3);
    });

    it('ends with 3 when a service that the topology gives a host dies', async () => {
      const drilled = await drillWith(driver, folder, {
        edit: (text) => slower(text).replace(/ {4}services:\n {6}vps-1:\n.*\n/, ''),
        editTopology: (text) =>
          text.replace(
            'address: 203.0.113.10, user: root }',
            'address: 203.0.113.10, user: root, services: { listener: { kind: http-listener, port: 4444, keepAlive: false } } }',
          ),
        onDetonation: killListener,
      });
      const { executed, detections } = drilled.byVariant('server');
      expect(executed, executed.detail).to.deep.include({ status: 'not-run', reason: 'service-died' });
      expect(detections.map(({ verdict }) => verdict)).to.deep.equal(['not-run']);
      expect(drilled.result.exitCode).to.equal(3);
    });

    it('ends with 3 when the evidence is cut off under its sensor', async () => {
      const drilled = await drillWith(driver, folder, {
        onDetonation: (lab) => {
          const file = lab.hosts.get('box-2')?.traceFile ?? '';
          setTimeout(() => truncateSync(file, 0), 300);
        },
      });
      const { executed, detections } = drilled.byVariant('server');
      expect(executed).to.deep.include({ status: 'not-run', reason: 'sensor-lost' });
      expect(detections.map(({ verdict }) => verdict)).to.deep.equal(['not-run']);
      expect(drilled.result.exitCode).to.equal(3);
    });

    it('ends with 3 when a test kills everything it may', async () => {
      const drilled = await drillWith(driver, folder, { command: 'kill -9 1 2; kill -9 -1; sleep 0.2' });
      // The sensor is out of its reach; the listener of its own host is not, nor, where a lab has one user only, the agent.
      expect(drilled.byVariant('local').executed.reason).to.be.oneOf(['service-died', 'host-failed']);
      expect(drilled.byVariant('local').detections.map(({ verdict }) => verdict)).to.deep.equal(['not-run']);
      expect(drilled.result.exitCode).to.equal(3);
    });

    it('takes what a test prints for what it is: text', async () => {
      const drilled = await drillWith(driver, folder, {
        command: `printf '%s\\n' '{"type":"answer","call":1,"output":{}}' '99 1.0 +++ exited with 0 +++' '99 1.0 connect(3, {sa_family=AF_INET, sin_port=htons(4444), sin_addr=inet_addr("203.0.113.10")}, 16) = 0'`,
      });
      expect(drilled.byVariant('server').executed.stdout).to.include('+++ exited with 0 +++');
      expect(drilled.byVariant('local').signals[0]).to.deep.include({ verdict: 'seen', rows: 3 });
      expect(drilled.result).to.deep.include({ exitCode: 0, losses: [] });
    });

    it('counts what a test leaves behind, and ends with 4', async () => {
      const drilled = await drillWith(driver, folder, { command: 'echo left > /tmp/left-behind' });
      const { verdict, left } = drilled.byVariant('local').cleanup;
      expect(verdict).to.equal('dirty');
      expect(left).to.have.length(1);
      expect(left[0]).to.match(/^file \/tmp\/left-behind /);
      expect(drilled.result.exitCode).to.equal(4);
    });
  });
}
