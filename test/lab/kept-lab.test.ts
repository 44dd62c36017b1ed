/// <reference types="node-pty" />
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type * as NodePty from '@lydell/node-pty';
import { expect } from 'chai';
import { execa } from 'execa';
import { createDockerDriver } from '../../src/lab/docker/driver.ts';
import { createNamespaceDriver } from '../../src/lab/namespace/driver.ts';
import { processesOfRun, remainingOfRun } from './outside.ts';
import { requireLab } from './require-lab.ts';

const { spawn } = createRequire(import.meta.url)('node-pty') as typeof NodePty;

const program = resolve(import.meta.dirname, '../../src/cli/main.ts');

const topology = `name: two
zones:
  office: { kind: corporate, prefix: 10.78.1.0/24, ip_type: Private }
hosts:
  win-1: { persona: windows, zone: office, address: 10.78.1.11, user: LAB\\analyst1 }
  linux-1:
    persona: linux
    zone: office
    address: 10.78.1.21
    user: root
    services:
      web: { kind: http-listener, address: 0.0.0.0, port: 8080, keepAlive: false, body: kept }
`;

for (const driver of [createNamespaceDriver({}), createDockerDriver({})]) {
  describe(`a lab that is kept, on the ${driver.name} driver`, function () {
    this.timeout(60_000);
    let folder: string;
    let lab: string;

    const options = () => ({ cwd: join(folder, 'project'), env: { XDG_RUNTIME_DIR: join(folder, 'run') } });

    const tocsin = async (...args: readonly string[]) => {
      const { exitCode, stdout, stderr } = await execa(process.execPath, [program, 'lab', ...args], {
        ...options(),
        reject: false,
        stdin: 'ignore',
      });
      return { code: exitCode, stdout, stderr };
    };
    const json = async (...args: readonly string[]) => {
      const { stdout, stderr } = await tocsin(...args, '--json');
      if (stdout === '') throw new Error(stderr);
      return JSON.parse(stdout) as never;
    };

    const up = async (): Promise<string> => {
      const document = await json('up', '--driver', driver.name);
      expect(document).to.deep.include({
        kind: 'lab',
        topology: 'two',
        driver: driver.name,
        hosts: ['win-1', 'linux-1'],
      });
      return (document as { lab: string }).lab;
    };

    const containersOf = (name: string): readonly string[] =>
      execFileSync('docker', ['ps', '--all', '--quiet', '--filter', `label=tocsin.run=${name}`])
        .toString()
        .split('\n')
        .filter((id) => id !== '');

    /** Nothing on the machine belongs to it any more. */
    const expectNothingLeft = async (name: string): Promise<void> => {
      expect(await remainingOfRun(name)).to.deep.equal([]);
      if (driver.name === 'docker') expect(containersOf(name)).to.deep.equal([]);
      expect(readdirSync(join(folder, 'run/tocsin-labs'))).to.deep.equal([]);
    };

    before(async function () {
      await requireLab(this, driver);
      folder = mkdtempSync(join(tmpdir(), 'tocsin-kept-'));
      for (const name of ['run', 'project/scenarios', 'project/lab/topologies'])
        mkdirSync(join(folder, name), { recursive: true, mode: 0o700 });
      writeFileSync(join(folder, 'project/lab/topologies/two.yaml'), topology);
      lab = await up();
    });

    after(async () => {
      if (folder === undefined) return;
      await tocsin('down', '--all');
      rmSync(folder, { recursive: true });
    });

    it('says what its hosts are, which services they have, and what watches them', async () => {
      const document: { labs: { lab: string; health: string; sealed: number; hosts: Record<string, unknown>[] }[] } =
        await json('status');
      expect(document.labs.map(({ lab: name, health }) => [name, health])).to.deep.equal([[lab, 'up']]);
      const [one] = document.labs;
      expect(one?.sealed).to.be.at.least(4);
      expect(one?.hosts.map(({ name, shells, services }) => [name, shells, services])).to.deep.equal([
        ['win-1', ['cmd', 'powershell'], [{ name: 'services of Windows', died: null }]],
        ['linux-1', ['bash', 'sh'], [{ name: 'web', died: null }]],
      ]);
    });

    it('runs one command of a shell, and passes on its outputs', async () => {
      expect(await tocsin('shell', 'linux-1', '-c', 'echo out; echo err >&2; exit 3')).to.deep.equal({
        code: 1,
        stdout: 'out',
        stderr: 'err\nexit code 3',
      });
      expect(await tocsin('shell', 'win-1', '--shell', 'powershell', '-c', '2 + 3; $env:COMPUTERNAME')).to.deep.equal({
        code: 0,
        stdout: '5\nWIN-1',
        stderr: '',
      });
      expect(await tocsin('shell', 'win-1', '-c', 'curl -s http://10.78.1.21:8080/')).to.include({ stdout: 'kept' });
    });

    it('gives a person a shell on a terminal', async () => {
      const pty = spawn(process.execPath, [program, 'lab', 'shell', 'linux-1'], {
        ...options(),
        env: { ...process.env, ...options().env },
        cols: 101,
        rows: 33,
      });
      let text = '';
      pty.onData((data) => (text += data));
      const shows = async (wanted: string): Promise<void> => {
        for (let tries = 0; tries < 400 && !text.includes(wanted); tries += 1) await delay(25);
        expect(text).to.contain(wanted);
      };
      const ended = new Promise<number>((done) => pty.onExit(({ exitCode }) => done(exitCode)));
      await shows('root@linux-1');
      pty.write('stty size\r');
      await shows('33 101');
      pty.resize(88, 22);
      // The new size goes through two processes before it is the host's.
      for (let tries = 0; tries < 40 && !text.includes('22 88'); tries += 1) {
        pty.write('stty size\r');
        await delay(100);
      }
      await shows('22 88');
      pty.write('exit\r');
      expect(await ended).to.equal(0);
    });

    it('shows what its sensors saw', async () => {
      await tocsin('shell', 'win-1', '-c', 'whoami');
      const { stdout } = await tocsin('logs', '--host', 'win-1');
      expect(stdout).to.match(/win-1 whoami\.exe\[\d+\] process-start whoami/);
      const document: { events: Record<string, unknown>[] } = await json('logs');
      const names = document.events
        .filter((event) => event['event.action'] === 'process-start' && event['tocsin.origin'] === 'test')
        .map((event) => event['process.name']);
      expect(names).to.include.members(['whoami.exe', 'cmd.exe', 'powershell.exe', 'bash']);
    });

    it('says what there is, where something is asked for that there is not', async () => {
      expect((await tocsin('shell', 'win-2', '-c', 'ver')).stderr).to.contain('did you mean "win-1"?');
      expect((await tocsin('shell', 'win-1', '--shell', 'bash', '-c', 'id')).stderr).to.contain(
        'its shells: cmd, powershell',
      );
      expect(await tocsin('status', 'other')).to.deep.include({ code: 2 });
      expect((await tocsin('up', 'three')).stderr).to.contain('two');
    });

    it('stands beside another, and then has to be named', async () => {
      const other = await up().catch((error: unknown) => error);
      // Two labs of one prefix do not disturb each other: neither has a way out.
      expect(other).to.be.a('string');
      expect(await tocsin('shell', 'linux-1', '-c', 'true')).to.deep.include({ code: 2 });
      expect((await tocsin('shell', 'linux-1', '--lab', String(other), '-c', 'hostname')).stdout).to.equal('linux-1');
      expect((await tocsin('down', String(other))).stdout).to.contain('nothing is left');
      expect((await tocsin('shell', 'linux-1', '-c', 'hostname')).stdout).to.equal('linux-1');
    });

    it('is told dead when the process that kept it was killed, and leaves nothing once it is taken down', async () => {
      const { labs }: { labs: { owner: { pid: number } }[] } = await json('status');
      process.kill(labs[0]?.owner.pid ?? 0, 'SIGKILL');
      await delay(500);
      expect(await tocsin('status')).to.deep.include({ code: 3 });
      expect((await tocsin('shell', 'linux-1', '-c', 'true')).stderr).to.contain('has ended');
      expect(await tocsin('down')).to.deep.include({ code: 0 });
      await expectNothingLeft(lab);
    });

    it('is ended in order by the name of its run, which cleanup takes', async () => {
      const name = await up();
      if (driver.name === 'namespace') expect(processesOfRun(name)).not.to.deep.equal([]);
      const cleanup = (...args: string[]) => execa(process.execPath, [program, 'cleanup', ...args], options());
      expect((await cleanup()).stdout).not.to.contain(name);
      expect((await cleanup(name)).stdout).to.contain(`kept lab ${name}`);
      await expectNothingLeft(name);
      expect((await tocsin('status')).stdout).to.contain('no lab is up');
    });
  });
}
