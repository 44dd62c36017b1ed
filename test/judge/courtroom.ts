import type { Engine } from '../../src/query/engine.ts';
import { createCompiler } from '../../src/judge/detections/compile.ts';
import { judgeDetection } from '../../src/judge/detections/judge-detection.ts';
import type { Detection, Language } from '../../src/model/detection.ts';
import type { LabEvent } from '../../src/model/event.ts';
import type { Manifest, VariantExecution } from '../../src/model/manifest.ts';
import type { DetectionExpectation, Variant } from '../../src/model/scenario.ts';
import type { DetectionResult } from '../../src/model/verdict.ts';
import { loadLanguages } from '../../src/query/languages.ts';
import { openEngine } from '../../src/query/open-engine.ts';
import { loadCatalog } from '../../src/telemetry/catalog.ts';
import type { Hub } from '../../src/telemetry/hub.ts';
import { openHub } from '../../src/telemetry/open-hub.ts';
import { hubRelations } from '../../src/telemetry/relations.ts';
import { connection, manifest, noon } from '../support/events.ts';
import { result } from './results.ts';

// The real hub, the real engine and rules of a few lines: what judging is about, with nothing in between.

export const place = { file: 'scenarios/s.yaml', line: 1, column: 1 };

export const beacon = (count: number, fields: Partial<LabEvent> = {}): readonly LabEvent[] =>
  Array.from({ length: count }, (_, index) =>
    connection({ 'event.id': `ws1:trace:${index}`, '@timestamp': noon + index * 5_000_000, ...fields }),
  );

export const rule = (text: string, fields: Partial<Detection> = {}): Detection => ({
  id: 'rule',
  title: 'Rule',
  language: 'kql' satisfies Language,
  platform: 'sentinel',
  severity: 'medium',
  techniques: ['T1583.003'],
  origin: 'maintained',
  schedule: { frequencySeconds: 3600, periodSeconds: 86_400, threshold: 0 },
  text,
  place: { file: 'detections/rule.kql', line: 1, column: 1 },
  hash: 'b'.repeat(64),
  ...fields,
});

export const expecting = (fields: Partial<DetectionExpectation>): DetectionExpectation => ({
  detection: 'rule',
  verdict: 'fired',
  clause: null,
  phaseShare: null,
  place,
  ...fields,
});

export const variant = (fields: Partial<Variant> = {}): Variant => ({
  name: 'v1',
  description: 'a beacon',
  atomic: 'g',
  inputs: {},
  roles: { target: 'ws1' },
  services: [],
  expect: { signals: [], detections: [] },
  answers: [],
  timeoutSeconds: 60,
  place,
  ...fields,
});

export const execution = (fields: Partial<VariantExecution> = {}): VariantExecution => ({
  variant: 'v1',
  atomic: 'g',
  roles: { target: 'ws1' },
  command: 'powershell.exe',
  inputs: {},
  executed: {
    ...result().executed,
    startedAt: '2026-11-20T12:00:00.000000Z',
    finishedAt: '2026-11-20T12:01:30.000000Z',
  },
  cleanup: { verdict: 'clean', left: [] },
  marks: [],
  ...fields,
});

// A table without data is enough; binding all thousand of a workspace takes longer than the rest of a test.
const catalog = loadCatalog(['sentinel']).filter(({ name }) => name === 'SigninLogs');

export const engineOver = async (hub: Hub): Promise<Engine> =>
  openEngine({ database: hub.database, relations: hubRelations(hub), catalog, languages: await loadLanguages() });

interface Case {
  readonly events: readonly LabEvent[];
  readonly rule: Detection;
  readonly expectation?: DetectionExpectation;
  readonly technique?: string;
  readonly manifest?: Partial<Manifest>;
  readonly execution?: VariantExecution;
}

/** One rule on one drill. */
export const judge = async (one: Case): Promise<DetectionResult> => {
  await using hub = await openHub({ manifest: manifest(one.manifest), events: one.events });
  const engine = await engineOver(hub);
  const detections = one.expectation === undefined ? [] : [one.expectation];
  const subject = {
    hub,
    engine,
    compile: createCompiler(engine),
    variant: variant({ expect: { signals: [], detections } }),
    execution: one.execution ?? execution(),
    technique: one.technique ?? 'T1583.003',
    benign: false,
    span: { first: noon, last: noon + 90_000_000 },
    marks: [],
    signal: new AbortController().signal,
  };
  return await judgeDetection(subject, one.rule);
};
