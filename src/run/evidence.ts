import type { Lab } from '../lab/driver.ts';
import { harnessFolder, launchers, markerVariable } from '../lab/in-host.ts';
import type { Manifest, ParsingFacts } from '../model/manifest.ts';
import type { HostSpec } from '../model/topology.ts';
import { isoMicros } from '../util/iso-time.ts';
import { parseHost } from '../sensors/parse-host.ts';
import type { SensorOutput, TracedStep } from '../sensors/sensor.ts';

/** What must be known of a host after it is gone, for its evidence to be read. */
export interface HostFacts {
  readonly spec: HostSpec;
  readonly agentPid: number;
  readonly traceFile: string;
  readonly recordsFile: string;
}

export const hostFacts = (lab: Lab): readonly HostFacts[] =>
  [...lab.hosts.values()].map(({ spec, agentPid, traceFile, recordsFile }) => ({
    spec,
    agentPid,
    traceFile,
    recordsFile,
  }));

/** What a recording keeps of the drill, so that its evidence can be parsed again. */
export const parsingFacts = (hosts: readonly HostFacts[], steps: readonly TracedStep[]): ParsingFacts => ({
  agents: Object.fromEntries(hosts.map(({ spec, agentPid }) => [spec.name, agentPid])),
  steps: steps.map(({ step, argv, pid, startedAt, finishedAt }) => ({
    id: step.id,
    argv,
    pid,
    startedAt: isoMicros(startedAt),
    finishedAt: isoMicros(finishedAt),
  })),
});

/** Parses every host's raw evidence into events, each with its cause. */
export const collectEvidence = async (
  hosts: readonly HostFacts[],
  steps: readonly TracedStep[],
  clock: Manifest['clock'] = { scale: 1, offsetMicros: 0 },
): Promise<readonly SensorOutput[]> => {
  const outputs = await Promise.all(
    hosts.map(({ spec, agentPid, traceFile, recordsFile }) =>
      parseHost(
        { trace: traceFile, records: recordsFile },
        {
          host: spec.name,
          persona: spec.persona,
          user: spec.user,
          agentPid,
          launchers,
          harnessFolder,
          steps: steps.filter((result) => result.step.host === spec.name),
          markerVariable,
          clock,
        },
      ),
    ),
  );
  return outputs.flat();
};
