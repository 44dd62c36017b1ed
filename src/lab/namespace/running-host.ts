import { chmodSync, chownSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { createAgentClient } from '../host/agent-client.ts';
import { baseFiles } from '../host/base-files.ts';
import { createHost } from '../host/host.ts';
import { createRecordsFile } from '../host/records-file.ts';
import { createTraceWatch } from '../host/trace-watch.ts';
import type { NewHost, RunningHost } from '../create-lab.ts';
import { harnessFolder } from '../in-host.ts';
import type { HostLimits } from '../limits.ts';
import type { Fabric } from './fabric.ts';
import { startHostProcess } from './host-process.ts';
import { outerRoot, type IdMap } from './id-map.ts';
import { identify, killProcess } from './machine-process.ts';
import { readPackageFiles, readPackageLinks } from './machine-files.ts';
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
  const traceDescriptor = openTrace(traceFile, idMap);
  const { process, initPid } = await startHostProcess({
    ...options,
    files: [...baseFiles(spec, zone, runId), ...readPackageFiles(), ...options.files],
    links: readPackageLinks(),
    traceDescriptor,
  }).finally(() => closeSync(traceDescriptor));

  const records = createRecordsFile(recordsFile);
  const { stdin, stdout } = process.child;
  if (stdin === null || stdout === null) throw new Error('a host process has no streams');
  const client = createAgentClient(
    spec.name,
    { input: stdin, output: stdout, ended: process.ended },
    (record, line) => {
      records.append(line);
      void client.start('recorded', { record }).answer.catch(() => undefined);
    },
  );
  const agentPid = await client.ready;
  // Nothing more is put there: a test could replace the socket and take the records.
  await runTool(runId, enter(idMap, initPid, ['user', 'mount'], ['mount', '-o', 'remount,ro', harnessFolder]));

  const watch = createTraceWatch(spec.name, traceFile, options.limits.traceBytes);
  const identity = identify(initPid);
  return {
    host: createHost({ spec, agentPid, client, watch, traceFile, recordsFile }),
    initPid,
    watch,
    client,
    ended: process.ended,
    kill: () => {
      if (identity !== null) killProcess(identity);
    },
    close: () => {
      watch.close();
      records.close();
      reclaimTrace(traceFile, idMap);
    },
  };
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
