import { chmodSync, chownSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { HarnessError } from '../../model/harness-error.ts';
import { createAgentClient, type AgentStreams } from '../host/agent-client.ts';
import { baseFiles } from '../host/base-files.ts';
import { createHost } from '../host/host.ts';
import { createRecordsFile } from '../host/records-file.ts';
import { readTerminalFiles } from '../host/terminal-files.ts';
import { readBorn } from '../software/born-files.ts';
import { createTraceWatch } from '../host/trace-watch.ts';
import { loopbackFile, type Capture } from '../capture/capture.ts';
import type { NewHost, RunningHost } from '../create-lab.ts';
import { harnessFolder } from '../in-host.ts';
import type { HostLimits } from '../limits.ts';
import { startCapture } from './capture.ts';
import type { Fabric } from './fabric.ts';
import { startHostProcess, wireHost, type HostProcessOptions } from './host-process.ts';
import { outerRoot, type IdMap } from './id-map.ts';
import type { LongProcess } from './long-process.ts';
import { killProcess } from './machine-process.ts';
import { deviceLinks, readPackageFiles, readPackageLinks } from './machine-files.ts';
import { enter, runTool } from './tool.ts';

export interface NamespaceHost extends RunningHost {
  /** PID 1 of the host, as the machine numbers it. */
  readonly initPid: number;
}

export interface NamespaceHostOptions extends NewHost {
  readonly runId: string;
  readonly fabric: Fabric;
  readonly idMap: IdMap;
  readonly limits: HostLimits;
  readonly evidence: string;
}

/** Starts a host and waits until its agent listens. */
export const startHost = async (options: NamespaceHostOptions): Promise<NamespaceHost> => {
  const { runId, spec, zone, idMap } = options;
  const folder = join(options.evidence, spec.name);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const traceFile = join(folder, 'trace');
  const recordsFile = join(folder, 'records.ndjson');
  const born = await readBorn(options.software);
  const traceDescriptor = openTrace(traceFile, idMap);
  const processOptions: HostProcessOptions = {
    ...options,
    files: [
      ...born.files,
      ...baseFiles(spec, zone, runId),
      ...readTerminalFiles(),
      ...readPackageFiles(),
      ...options.files,
    ],
    links: [...deviceLinks, ...readPackageLinks(), ...born.links],
    folders: born.folders,
    traceDescriptor,
  };
  const hostProcess = await startHostProcess(processOptions).finally(() => closeSync(traceDescriptor));
  const { process, init } = hostProcess;

  const records = createRecordsFile(recordsFile);
  const client = createAgentClient(
    spec.name,
    streamsOf(process),
    (record, line) => {
      records.append(line);
      void client.start('recorded', { record }).answer.catch(() => undefined);
    },
    (service, line) => records.appendOutput(service, line),
  );
  let capture: Capture | null = null;
  try {
    await wireHost(processOptions, hostProcess);
    capture = await startCapture({
      ...{ runId, idMap, pid: init.pid, of: `host ${spec.name}`, interfaces: ['lo'] },
      ...{ file: join(folder, loopbackFile), limitBytes: options.limits.packetBytes },
    });
    const agentPid = await client.ready;
    // Nothing more is put there: a test could replace the socket and take the records.
    await runTool(
      runId,
      enter(idMap, init.pid, ['user', 'mount'], ['mount', '--no-mtab', '-o', 'remount,ro', harnessFolder]),
    );
    const watch = createTraceWatch(`the trace of host ${spec.name}`, traceFile, options.limits.traceBytes);
    return {
      host: createHost({ spec, agentPid, client, watch, traceFile, recordsFile, packetsFile: capture.file }),
      initPid: init.pid,
      watch,
      client,
      capture,
      ended: process.ended,
      kill: () => killProcess(init),
      close: () => {
        watch.close();
        records.close();
        reclaimTrace(traceFile, idMap);
      },
    };
  } catch (error) {
    killProcess(init);
    await capture?.finish();
    const how = await process.ended;
    records.close();
    reclaimTrace(traceFile, idMap);
    throw new HarnessError(`host ${spec.name} could not be started: ${how}`, {
      code: 'lab/failed-to-start',
      cause: error,
    });
  }
};

const streamsOf = ({ child, ended }: LongProcess): AgentStreams => {
  if (child.stdin === null || child.stdout === null) throw new Error('a host process has no streams');
  return { input: child.stdin, output: child.stdout, ended };
};

/** The sensor opens the file again by its descriptor, as the lab's root: that is who must own it. */
const openTrace = (file: string, idMap: IdMap): number => {
  const descriptor = openSync(file, 'wx', 0o600);
  const { uid, gid } = outerRoot(idMap);
  chownSync(file, uid, gid);
  return descriptor;
};

const reclaimTrace = (file: string, idMap: IdMap): void => {
  if (idMap.kind !== 'range') return;
  chownSync(file, process.getuid?.() ?? 0, process.getgid?.() ?? 0);
  chmodSync(file, 0o600);
};
