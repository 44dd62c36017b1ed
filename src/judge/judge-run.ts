import type { Atomic } from '../model/atomic.ts';
import type { Detection } from '../model/detection.ts';
import { HarnessError } from '../model/harness-error.ts';
import type { Manifest, VariantExecution } from '../model/manifest.ts';
import type { Mark } from '../model/persona.ts';
import type { Result, TechniqueCoverage } from '../model/run-result.ts';
import type { Scenario, Variant } from '../model/scenario.ts';
import type { Signal } from '../model/signal.ts';
import type { DetectionResult, Quieting } from '../model/verdict.ts';
import type { Engine } from '../query/engine.ts';
import type { Hub } from '../telemetry/hub.ts';
import { createDrillTime } from '../util/drill-time.ts';
import { microsOf } from '../util/iso-time.ts';
import { coverageOf } from './coverage.ts';
import { createCompiler, type CompileDetection } from './detections/compile.ts';
import { judgeDetection } from './detections/judge-detection.ts';
import type { Span } from './detections/span.ts';
import type { Subject } from './detections/subject.ts';
import { unmetOf, type Unmet } from './expectations.ts';
import { joinMarks } from './marks.ts';
import { quieten, withQuieting } from './quieting/quieten.ts';
import { judgeSignals } from './signals/judge-signals.ts';
import { timelineOf } from './timeline.ts';

export interface JudgeInput {
  readonly scenario: Scenario;
  /** By GUID. */
  readonly atomics: ReadonlyMap<string, Atomic>;
  /** What a variant must leave behind, its inputs put in. */
  readonly signalsOf: (variant: Variant) => readonly Signal[];
  /** By id. */
  readonly detections: ReadonlyMap<string, Detection>;
  readonly hub: Hub;
  /** Over the hub's tables. */
  readonly engine: Engine;
  /** Tables that the scenario's environment gives in place of sensors, with the marks of what rests on them. */
  readonly given?: ReadonlyMap<string, readonly Mark[]>;
  readonly signal: AbortSignal;
  /** Called with each result as soon as it stands. */
  readonly onResult?: (result: Result) => void;
}

export interface Judged {
  /** Sorted by key. */
  readonly results: readonly Result[];
  readonly coverage: readonly TechniqueCoverage[];
  readonly unmet: readonly Unmet[];
}

interface Context extends JudgeInput {
  readonly compile: CompileDetection;
  /** The scenario's, sorted by id. */
  readonly chosen: readonly Detection[];
}

/** Judges everything that a recording holds of a scenario. Needs no lab: the same recording gives the same results. */
export const judgeRun = async (input: JudgeInput): Promise<Judged> => {
  const chosen = [...new Set(input.scenario.detections)].sort().map((id) => known(input.detections, id, 'detection'));
  const context: Context = { ...input, compile: createCompiler(input.engine), chosen };
  const results: Result[] = [];
  const unmet: Unmet[] = [];
  for (const variant of input.scenario.variants) {
    const result = await judgeVariant(context, variant);
    results.push(result);
    unmet.push(...unmetOf(variant, result));
    input.onResult?.(result);
  }
  const quietings = await quietingsOf(context, results);
  const sorted = [...withQuieting(results, quietings)].sort((a, b) => (a.key < b.key ? -1 : 1));
  return { results: sorted, coverage: coverageOf(results, chosen), unmet };
};

/** By detection: what would quieten those that ordinary life sets off. */
const quietingsOf = async (context: Context, results: readonly Result[]): Promise<ReadonlyMap<string, Quieting>> => {
  const variantOf = (name: string): Variant => {
    const found = context.scenario.variants.find((one) => one.name === name);
    if (found === undefined) throw new Error(`${name} was judged and is no variant`);
    return found;
  };
  const found = new Map<string, Quieting>();
  for (const detection of context.chosen) {
    const quieting = await quieten(detection, results, {
      programOf: (name) => context.atomics.get(variantOf(name).atomic)?.activity?.file ?? null,
      judge: (name, changed) => {
        const variant = variantOf(name);
        const subject = subjectOf(context, variant, executionOf(context.hub.manifest, variant), []);
        return judgeDetection(subject, changed);
      },
    });
    if (quieting !== null) found.set(detection.id, quieting);
  }
  return found;
};

const judgeVariant = async (context: Context, variant: Variant): Promise<Result> => {
  const { hub, scenario } = context;
  const atomic = known(context.atomics, variant.atomic, 'atomic');
  const execution = executionOf(hub.manifest, variant);
  // A fresh host is a twin of the one that the scenario names: where it ran is what the recording says.
  const { roles } = execution;
  const persona = hub.manifest.topology.hosts.find(({ name }) => name === roles['target'])?.persona ?? 'linux';
  const marks = joinMarks(
    execution.marks,
    persona === 'windows' ? ['emulated-persona'] : [],
    atomic.activity === undefined && scenario.background.length === 0 ? [] : ['emulated-product'],
  );

  await hub.setScope({ variant: variant.name, shiftMicros: 0 });
  const subject = { variant: variant.name, roles, expectations: variant.expect.signals, marks };
  const signals = await judgeSignals(hub, context.signalsOf(variant), subject);
  const detections = await judgeDetections(context, variant, execution, marks);
  return {
    key: resultKey(scenario, variant),
    technique: atomic.technique,
    atomic: {
      guid: atomic.guid,
      number: atomic.number,
      name: atomic.name,
      file: atomic.place.file,
      executor: atomic.executor.name,
    },
    variant: variant.name,
    description: variant.description,
    scope: atomic.activity === undefined ? 'atomic' : 'benign',
    hosts: roles,
    persona,
    command: execution.command,
    inputs: execution.inputs,
    executed: execution.executed,
    signals: signals.map(({ result }) => result).sort((a, b) => (a.id < b.id ? -1 : 1)),
    detections,
    cleanup: { verdict: execution.cleanup.verdict, left: [...execution.cleanup.left].sort() },
    timeline: timelineOf(signals),
    marks,
  };
};

const judgeDetections = async (
  context: Context,
  variant: Variant,
  execution: VariantExecution,
  marks: readonly Mark[],
): Promise<readonly DetectionResult[]> => {
  const subject = subjectOf(context, variant, execution, marks);
  const results: DetectionResult[] = [];
  for (const detection of context.chosen) results.push(await judgeDetection(subject, detection));
  return results;
};

const subjectOf = (
  { hub, engine, given = new Map<string, never>(), compile, signal, atomics }: Context,
  variant: Variant,
  execution: VariantExecution,
  marks: readonly Mark[],
): Subject => {
  const { technique, activity } = known(atomics, variant.atomic, 'atomic');
  const benign = activity !== undefined;
  const span = drillSpan(hub.manifest, execution);
  return { hub, engine, given, compile, signal, variant, execution, technique, benign, span, marks };
};

/** Joins two runs: `scenario/variant/atomic-guid/role=host,…`, by the hosts that the scenario names. */
const resultKey = ({ id }: Scenario, { name, atomic, roles }: Variant): string => {
  const hosts = Object.entries(roles).map(([role, host]) => `${role}=${host}`);
  return [id, name, atomic, hosts.sort().join(',')].join('/');
};

/** A variant that the recording does not hold did not run: the recording's fault, and exit code 3. */
const executionOf = ({ executions }: Manifest, { name, atomic, roles }: Variant): VariantExecution =>
  executions.find(({ variant }) => variant === name) ?? {
    variant: name,
    atomic,
    roles,
    command: '',
    inputs: {},
    executed: {
      status: 'not-run',
      reason: 'not-recorded',
      detail: 'the recording holds no execution of this variant',
      exitCode: null,
      startedAt: null,
      finishedAt: null,
      stdout: '',
      stderr: '',
    },
    cleanup: { verdict: 'clean', left: [] },
    marks: [],
  };

/** In drill time. */
const drillSpan = ({ clock, startedAt, finishedAt }: Manifest, { executed }: VariantExecution): Span => {
  const drillTime = createDrillTime(clock);
  return {
    first: drillTime(microsOf(executed.startedAt ?? startedAt)),
    last: drillTime(microsOf(executed.finishedAt ?? finishedAt)),
  };
};

const known = <T>(map: ReadonlyMap<string, T>, id: string, what: string): T => {
  const found = map.get(id);
  if (found !== undefined) return found;
  throw new HarnessError(`the scenario names the ${what} "${id}", which was not loaded`, {
    code: 'judge/unknown-content',
    exitCode: 2,
  });
};
