import type { Lab } from '../lab/driver.ts';
import { harnessFolder, launchers, markerVariable } from '../lab/in-host.ts';
import type { HostSpec } from '../model/topology.ts';
import type { StepResult } from '../model/step.ts';
import { parseHost } from '../sensors/parse-host.ts';
import type { SensorOutput } from '../sensors/sensor.ts';

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

/** Parses every host's raw evidence into events, each with its cause. */
export const collectEvidence = async (
  hosts: readonly HostFacts[],
  steps: readonly StepResult[],
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
          clock: { scale: 1, offsetMicros: 0 },
        },
      ),
    ),
  );
  return outputs.flat();
};
