import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough, type Duplex } from 'node:stream';
import type { Container } from 'dockerode';
import type Docker from 'dockerode';
import type { HostFile } from '../driver.ts';
import { loopbackFile } from '../capture/capture.ts';
import type { NewHost, RunningHost } from '../create-lab.ts';
import { createAgentClient } from '../host/agent-client.ts';
import { createArchive } from '../host/archive.ts';
import { baseFiles } from '../host/base-files.ts';
import { createHost } from '../host/host.ts';
import { createRecordsFile } from '../host/records-file.ts';
import { readTerminalFiles } from '../host/terminal-files.ts';
import { createTraceWatch } from '../host/trace-watch.ts';
import type { HostLimits } from '../limits.ts';
import { readBorn } from '../software/born-files.ts';
import { renderWiring } from '../wiring.ts';
import { startCapture } from './capture.ts';
import { endOf } from './end-of.ts';
import type { Fabric } from './fabric.ts';
import { hostContainer, layerFolder } from './host-container.ts';
import { type Wirer } from './wirer.ts';

export interface DockerHost extends RunningHost {
  readonly container: Container;
}

export interface DockerHostOptions extends NewHost {
  readonly docker: Docker;
  readonly runId: string;
  readonly fabric: Fabric;
  readonly wirer: () => Promise<Wirer>;
  readonly limits: HostLimits;
  readonly evidence: string;
  /** Built programs, as files of the host. */
  readonly programs: readonly HostFile[];
}

/** Files that the engine mounts over whatever lies there. */
const ofTheEngine = new Set(['/etc/hosts', '/etc/hostname', '/etc/resolv.conf']);

/** Starts a container, plugs it in, and waits until its agent listens. */
export const startHost = async (options: DockerHostOptions): Promise<DockerHost> => {
  const { docker, runId, spec, zone, fabric } = options;
  const folder = join(options.evidence, spec.name);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const traceFile = join(folder, 'trace');
  const recordsFile = join(folder, 'records.ndjson');
  writeFileSync(traceFile, '', { flag: 'wx', mode: 0o600 });

  const container = await docker.createContainer(
    hostContainer(runId, spec, zone, options.limits, options.software, options.loginUid),
  );
  const own = await readBorn(options.software);
  const born = [
    ...own.files,
    ...baseFiles(spec, zone, runId),
    ...readTerminalFiles(),
    ...options.programs,
    ...options.files,
  ];
  const files = born.filter(({ path }) => !ofTheEngine.has(path));
  await container.putArchive(await createArchive(files, own.links, own.folders), { path: '/' });

  // Hijacked, it is the connection itself; dockerode's types say less.
  const attach = { stream: true, stdin: true, stdout: true, stderr: true, hijack: true };
  const streams = (await container.attach(attach)) as Duplex;
  const output = new PassThrough();
  const trace = createWriteStream(traceFile, { flags: 'a' });
  docker.modem.demuxStream(streams, output, trace);
  const ended = endOf(container);
  await container.start();

  const initPid = (await container.inspect()).State.Pid;
  const wiring = renderWiring({ bridges: fabric.bridges, spec, zone, link: options.link, initPid });
  const wirer = await options.wirer();
  await wirer.configure(fabric.initPid, wiring.fabric);
  await wirer.configure(initPid, wiring.host);

  const records = createRecordsFile(recordsFile);
  const client = createAgentClient(
    spec.name,
    { input: streams, output, ended },
    (record, line) => {
      records.append(line);
      void client.start('recorded', { record }).answer.catch(() => undefined);
    },
    (service, line) => records.appendOutput(service, line),
  );
  const starting = startCapture({
    docker,
    runId,
    network: container.id,
    of: `host ${spec.name}`,
    name: `${spec.name}-packets`,
    interfaces: ['lo'],
    file: join(folder, loopbackFile),
    limitBytes: options.limits.packetBytes,
  });
  const [capture, agentPid] = await Promise.all([starting, client.ready]);
  await wirer.shut(initPid, options.software === null ? null : layerFolder);
  const watch = createTraceWatch(`the trace of host ${spec.name}`, traceFile, options.limits.traceBytes);
  return {
    host: createHost({ spec, agentPid, client, watch, traceFile, recordsFile, packetsFile: capture.file }),
    container,
    watch,
    client,
    capture,
    ended: ended.then(async (how) => {
      // What the engine still had of the trace must be in the file before anyone reads it.
      await new Promise((resolve) => trace.end(resolve));
      return how;
    }),
    kill: () => void container.kill().catch(() => undefined),
    close: () => {
      watch.close();
      records.close();
    },
  };
};
