import type { Container } from 'dockerode';
import type Docker from 'dockerode';
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
      // To enter another network (SYS_ADMIN), which belongs to another process (SYS_PTRACE), and set it up (NET_ADMIN).
      CapAdd: ['NET_ADMIN', 'SYS_ADMIN', 'SYS_PTRACE'],
      SecurityOpt: ['no-new-privileges', 'apparmor=unconfined'],
      ReadonlyRootfs: true,
      LogConfig: { Type: 'none', Config: {} },
    },
  });
  await container.start();
  return {
    configure: async (initPid, batch) => {
      await runInContainer(docker, container, ['nsenter', `--net=/proc/${initPid}/ns/net`, 'ip', '-batch', '-'], batch);
    },
    remove: () => container.remove({ force: true }),
  };
};
