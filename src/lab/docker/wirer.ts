import { createInterface } from 'node:readline';
import { PassThrough, type Duplex } from 'node:stream';
import type Docker from 'dockerode';
import { HarnessError } from '../../model/harness-error.ts';
import type { HostFile } from '../driver.ts';
import { createArchive } from '../host/archive.ts';
import { harnessFolder, hostNode, hostPrograms } from '../in-host.ts';
import type { WirerAnswer, WirerRequest } from '../wirer/protocol.ts';
import { agentUser } from './agent-user.ts';
import { imageName } from './image.ts';
import { labelsOf } from './labels.ts';

/**
 * The one piece that sees the machine's processes: it plugs cables between the fabric and hosts. It has no network, runs no
 * shell, and is gone before the first detonation.
 */
export interface Wirer {
  /** Runs a batch of ip(8) in the network of the container whose first process this is. */
  configure(initPid: number, batch: string): Promise<void>;
  /**
   * Shuts what a test must not change or see in that container: software, with `layer` over it where it has one, and the
   * harness's files become read-only, and processes of other users are not listed.
   */
  shut(initPid: number, layer: string | null): Promise<void>;
  remove(): Promise<void>;
}

export interface WirerOptions {
  readonly docker: Docker;
  readonly runId: string;
  readonly serial: number;
  /** Built programs, as files. */
  readonly programs: readonly HostFile[];
}

export const openWirer = async ({ docker, runId, serial, programs }: WirerOptions): Promise<Wirer> => {
  const container = await docker.createContainer({
    name: `tocsin-${runId}-wirer-${serial}`,
    Image: imageName,
    Labels: labelsOf(runId),
    Cmd: [hostNode, `${hostPrograms}/lab/wirer.mjs`],
    OpenStdin: true,
    StdinOnce: true,
    HostConfig: {
      NetworkMode: 'none',
      PidMode: 'host',
      CapDrop: ['ALL'],
      // To enter another network (SYS_ADMIN) or other mounts (and SYS_CHROOT), which belong to another process (SYS_PTRACE), and
      // to set them up (NET_ADMIN, SYS_ADMIN).
      CapAdd: ['NET_ADMIN', 'SYS_ADMIN', 'SYS_CHROOT', 'SYS_PTRACE'],
      SecurityOpt: ['no-new-privileges', 'apparmor=unconfined'],
      LogConfig: { Type: 'none', Config: {} },
    },
  });
  const program = programs.filter(({ path }) => path === `${hostPrograms}/lab/wirer.mjs`);
  await container.putArchive(await createArchive(program, []), { path: '/' });
  // Hijacked, it is the connection itself; dockerode's types say less.
  const attach = { stream: true, stdin: true, stdout: true, stderr: true, hijack: true };
  const streams = (await container.attach(attach)) as Duplex;
  const ask = createAsker(docker, streams);
  await container.start();
  return {
    configure: (pid, input) => ask({ pid, namespace: 'net', argv: ['ip', '-batch', '-'], input }),
    shut: async (pid, layer) => {
      const mount = (...args: string[]): Promise<void> =>
        ask({ pid, namespace: 'mount', argv: ['mount', '-o', ...args], input: '' });
      if (layer !== null) await mount(`ro,nosuid,nodev,lowerdir=${layer}:/usr`, '-t', 'overlay', 'software', '/usr');
      for (const folder of ['/usr', harnessFolder]) await mount('bind,ro', folder, folder);
      // Members of the group that `gid` names see all processes; by default that is root's, which tests are in.
      await mount(`remount,hidepid=2,gid=${agentUser}`, '/proc');
    },
    remove: () => container.remove({ force: true }),
  };
};

type Ask = (request: Omit<WirerRequest, 'call'>) => Promise<void>;

const createAsker = (docker: Docker, streams: Duplex): Ask => {
  const open = new Map<number, (failure: string | null) => void>();
  const output = new PassThrough();
  docker.modem.demuxStream(streams, output, new PassThrough().resume());
  createInterface({ input: output }).on('line', (line) => {
    const { call, failure } = JSON.parse(line) as WirerAnswer;
    open.get(call)?.(failure);
    open.delete(call);
  });
  const onEnd = (): void => {
    for (const settle of open.values()) settle('the wirer ended');
    open.clear();
  };
  streams.once('end', onEnd);
  streams.once('close', onEnd);
  let calls = 0;
  return async (request) => {
    calls += 1;
    const call = calls;
    const failure = await new Promise<string | null>((resolve) => {
      open.set(call, resolve);
      streams.write(`${JSON.stringify({ call, ...request } satisfies WirerRequest)}\n`);
    });
    if (failure === null) return;
    throw new HarnessError(`${request.argv[0] ?? ''} failed in the lab: ${failure}`, { code: 'lab/tool-failed' });
  };
};
