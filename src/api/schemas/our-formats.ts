import type { z } from 'zod';
import { activitySchema } from '../../content/activities/schema.ts';
import { atomicFileSchema } from '../../content/atomics/schema.ts';
import { detectionIndexSchema } from '../../content/detections/index-schema.ts';
import { playbookSchema } from '../../content/playbooks/schema.ts';
import { environmentSchema } from '../../content/environment/schema.ts';
import { scenarioSchema } from '../../content/scenario/schema.ts';
import { signalFileSchema } from '../../content/signals/schema.ts';
import { directorySchema } from '../../content/topology/directory.ts';
import { indicatorsSchema } from '../../content/topology/indicators.ts';
import { providersSchema } from '../../content/topology/providers.ts';
import { topologySchema } from '../../content/topology/schema.ts';
import { manifestSchema } from '../../recording/manifest-schema.ts';
import { baselineSchema } from '../../report/json/baseline-schema.ts';
import { runSchema } from '../../report/json/run-schema.ts';
import { batchLineSchema } from '../batch/batch-line.ts';
import { settingsSchema } from '../settings/settings-schema.ts';

/** A format that Tocsin reads or writes, with the declaration that its loader itself checks by. */
export interface OurFormat {
  readonly name: string;
  readonly title: string;
  /** Where such files are, as people say it. */
  readonly files: string;
  readonly written: 'by people' | 'by programs';
  readonly schema: z.ZodType;
}

export const ourFormats: readonly OurFormat[] = [
  {
    name: 'atomic',
    title: "Atomic Red Team's tests",
    files: 'atomics/T1234/T1234.yaml',
    written: 'by people',
    schema: atomicFileSchema,
  },
  {
    name: 'signals',
    title: 'What tests must leave behind',
    files: 'atomics/T1234/signals.yaml',
    written: 'by people',
    schema: signalFileSchema,
  },
  {
    name: 'detections',
    title: 'What query files do not say of themselves',
    files: 'detections/**/index.yaml',
    written: 'by people',
    schema: detectionIndexSchema,
  },
  { name: 'scenario', title: 'A scenario', files: 'scenarios/*.yaml', written: 'by people', schema: scenarioSchema },
  {
    name: 'environment',
    title: 'What queries find beside tables',
    files: 'environments/*.yaml',
    written: 'by people',
    schema: environmentSchema,
  },
  {
    name: 'topology',
    title: 'Hosts and networks of a lab',
    files: 'lab/topologies/*.yaml',
    written: 'by people',
    schema: topologySchema,
  },
  {
    name: 'autonomous-systems',
    title: "Providers of the lab's internet",
    files: 'lab/data/autonomous-systems.yaml',
    written: 'by people',
    schema: providersSchema,
  },
  {
    name: 'indicators',
    title: "The lab's threat intelligence",
    files: 'lab/data/indicators.yaml',
    written: 'by people',
    schema: indicatorsSchema,
  },
  {
    name: 'directory',
    title: "The tenant of the lab's Entra ID",
    files: 'lab/data/directory.yaml',
    written: 'by people',
    schema: directorySchema,
  },
  {
    name: 'activity',
    title: 'Ordinary life: a product at its documented pace',
    files: 'benign/*.yaml',
    written: 'by people',
    schema: activitySchema,
  },
  {
    name: 'playbook',
    title: "An analyst's card of a technique",
    files: 'playbooks/T1234.yaml',
    written: 'by people',
    schema: playbookSchema,
  },
  {
    name: 'settings',
    title: 'Settings of a project',
    files: 'tocsin.yaml',
    written: 'by people',
    schema: settingsSchema,
  },
  {
    name: 'batch-line',
    title: 'A line of a batch of queries',
    files: 'tocsin query --batch',
    written: 'by programs',
    schema: batchLineSchema,
  },
  { name: 'run', title: 'The result of a run', files: 'reports/*/run.json', written: 'by programs', schema: runSchema },
  {
    name: 'baseline',
    title: 'What later runs are compared with',
    files: 'reports/baseline.json',
    written: 'by programs',
    schema: baselineSchema,
  },
  {
    name: 'manifest',
    title: 'What a recording holds',
    files: 'reports/*/recording/manifest.json',
    written: 'by programs',
    schema: manifestSchema,
  },
];
