import { join } from 'node:path';
import { auditFile } from '../lab/audit/audit-sensor.ts';
import { bridgesFile, loopbackFile } from '../lab/capture/capture.ts';
import { eventVersion, type LabEvent } from '../model/event.ts';
import { exitCode } from '../model/exit-code.ts';
import { HarnessError } from '../model/harness-error.ts';
import type { Manifest, ParsingFacts } from '../model/manifest.ts';
import { recordingLayout } from '../recording/layout.ts';
import { readManifest } from '../recording/read-manifest.ts';
import { collectEvidence, type HostFacts } from '../run/evidence.ts';
import type { TracedStep } from '../sensors/sensor.ts';
import { microsOf } from '../util/iso-time.ts';

export interface Reparsed {
  readonly manifest: Manifest;
  readonly events: readonly LabEvent[];
}

/**
 * The recording as its raw evidence says it with the parsers of today; nothing in its folder changes. Throws
 * `recording/no-raw-evidence` for a recording that was not made from evidence these parsers read.
 */
export const reparseRecording = async (folder: string): Promise<Reparsed> => {
  const manifest = await readManifest(folder);
  const { parsing } = manifest;
  if (parsing === undefined) {
    throw new HarnessError(`${folder} does not say how its raw evidence is parsed: its manifest has no "parsing"`, {
      code: 'recording/no-raw-evidence',
      exitCode: exitCode.usage,
      hint: 'judge its events as they are: leave --reparse out',
    });
  }
  const outputs = await collectEvidence(
    {
      hosts: hostsOf(folder, manifest, parsing),
      zones: manifest.topology.zones,
      auditFile: hasRaw(manifest, auditFile) ? join(recordingLayout(folder).raw, auditFile) : null,
      bridgesFile: hasRaw(manifest, bridgesFile) ? join(recordingLayout(folder).raw, bridgesFile) : null,
    },
    stepsOf(folder, manifest, parsing),
    manifest.clock,
  );
  return {
    manifest: { ...manifest, sensors: outputs.map(({ report }) => report), eventVersion },
    events: outputs.flatMap(({ events }) => events),
  };
};

const hostsOf = (folder: string, { topology }: Manifest, { agents }: ParsingFacts): readonly HostFacts[] =>
  topology.hosts.flatMap((spec) => {
    const agentPid = agents[spec.name];
    if (agentPid === undefined) return [];
    // A recording may come from anywhere: a name must not lead out of its folder.
    if (!/^[\w-][\w.-]*$/.test(spec.name))
      throw invalid(folder, `the host name ${JSON.stringify(spec.name)} is no file name`);
    const raw = join(recordingLayout(folder).raw, spec.name);
    return [
      {
        ...{ spec, agentPid, traceFile: join(raw, 'trace'), recordsFile: join(raw, 'records.ndjson') },
        packetsFile: join(raw, loopbackFile),
      },
    ];
  });

/** A recording that does not name them was made without. */
const hasRaw = ({ sensors }: Manifest, name: string): boolean =>
  sensors.some(({ raw }) => raw.some(({ file }) => file === name));

const stepsOf = (folder: string, { steps }: Manifest, { steps: facts }: ParsingFacts): readonly TracedStep[] =>
  facts.map(({ id, argv, pid, startedAt, finishedAt }) => {
    const step = steps.find((candidate) => candidate.id === id);
    if (step === undefined) throw invalid(folder, `"parsing" names the step "${id}", which "steps" does not have`);
    return { step, argv, pid, startedAt: microsOf(startedAt), finishedAt: microsOf(finishedAt) };
  });

const invalid = (folder: string, problem: string): HarnessError =>
  new HarnessError(`${folder}: ${problem}`, { code: 'recording/manifest-invalid', exitCode: exitCode.usage });
