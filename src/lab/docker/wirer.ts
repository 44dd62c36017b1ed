import type { Container } from 'dockerode';
import type Docker from 'dockerode';
import { harnessFolder } from '../in-host.ts';
import { agentUser } from './agent-user.ts';
import { labelsOf } from './labels.ts';
import { imageName } from './image.ts';
import { runInContainer } from './run-in-container.ts';

/**
 * The one piece that sees the machine's processes: it plugs cables between the fabric and hosts. It has no network, runs no
 * shell, and is gone before the first detonation.
 */
export interface Wirer {
  /** Runs a batch of ip(8) in the network of the container whose first process this is. */
  configure(initPid: number, batch: string): Promise<void>;
  /**
   * Shuts what a test must not change or see in that container: software and the harness's files become read-only, and
   * processes of other users are not listed.
   */
  shut(initPid: number): Promise<void>;
  remove(): Promise<void>;
}

export const openWirer = async (docker: Docker, runId: string, serial: number): Promise<Wirer> => {
  const container: Container = await docker.createContainer({
    name: `tocsin-${runId}-wirer-${serial}`,
    Image: imageName,
    Labels: labelsOf(runId),
    Cmd: ['/usr/bin/sleep', 'infinity'],
    HostConfig: {
      NetworkMode: 'none',
      PidMode: 'host',
      CapDrop: ['ALL'],
      // To enter another network (SYS_ADMIN) or other mounts (and SYS_CHROOT), which belong to another process (SYS_PTRACE), and
      // to set them up (NET_ADMIN, SYS_ADMIN).
      CapAdd: ['NET_ADMIN', 'SYS_ADMIN', 'SYS_CHROOT', 'SYS_PTRACE'],
      SecurityOpt: ['no-new-privileges', 'apparmor=unconfined'],
      ReadonlyRootfs: true,
      LogConfig: { Type: 'none', Config: {} },
    },
  });
  await container.start();
  const enter = async (namespace: string, argv: readonly string[], input: string | null = null): Promise<void> => {
    await runInContainer(docker, container, ['nsenter', namespace, '--', ...argv], input);
  };
  return {
    configure: (initPid, batch) => enter(`--net=/proc/${initPid}/ns/net`, ['ip', '-batch', '-'], batch),
    shut: async (initPid) => {
      const mounts = `--mount=/proc/${initPid}/ns/mnt`;
      for (const folder of ['/usr', harnessFolder]) await enter(mounts, ['mount', '-o', 'bind,ro', folder, folder]);
      // Members of the group that `gid` names see all processes; by default that is root's, which tests are in.
      await enter(mounts, ['mount', '-o', `remount,hidepid=2,gid=${agentUser}`, '/proc']);
    },
    remove: () => container.remove({ force: true }),
  };
};
