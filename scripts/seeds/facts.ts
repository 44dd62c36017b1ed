import { z } from 'zod';
import type { RunResult } from '../../src/model/run-result.ts';
import type { DetectionResult } from '../../src/model/verdict.ts';
import type { Claims } from './claims.ts';

/** What runs said, as far as the page tells it: scenario → variant → verdicts. Kept, since a page cannot be checked against a lab. */
export const factsSchema = z.record(
  z.string(),
  z.record(
    z.string(),
    z.strictObject({
      signals: z.record(z.string(), z.strictObject({ verdict: z.string(), got: z.string() })),
      detections: z.record(
        z.string(),
        z.strictObject({
          verdict: z.string(),
          why: z.string(),
          phases: z.string(),
          rows: z.array(z.record(z.string(), z.unknown())).optional(),
        }),
      ),
    }),
  ),
);

export type Facts = z.output<typeof factsSchema>;

/** Of several runs of a scenario, on both drivers for example, the last one counts. */
export const factsOf = (runs: readonly RunResult[], claims: Claims): Facts =>
  Object.fromEntries(
    runs
      .map(
        (run) => [run.scenario.id, variantsOf(run, namedVariants(run.scenario.id, claims), columnsOf(claims))] as const,
      )
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

/** Columns of results that a claim names; nothing else of a row is kept. */
const columnsOf = ({ sections }: Claims): ReadonlySet<string> =>
  new Set(
    sections.flatMap(({ claims }) =>
      claims.flatMap(({ tried }) => (tried ?? []).flatMap(({ row }) => Object.keys(row ?? {}))),
    ),
  );

/** Variants that a test or a claim of the page names; what else a scenario has is not the page's. */
const namedVariants = (scenario: string, { tests, sections }: Claims): ReadonlySet<string> =>
  new Set(
    [
      ...tests.flatMap(({ documented, changed }) => [documented, changed]),
      ...sections.flatMap(({ claims }) => claims.flatMap(({ tried }) => tried ?? [])),
    ]
      .filter((one) => one.scenario === scenario)
      .map(({ variant }) => variant),
  );

const variantsOf = ({ results }: RunResult, named: ReadonlySet<string>, columns: ReadonlySet<string>): Facts[string] =>
  Object.fromEntries(
    results
      .filter(({ variant }) => named.has(variant))
      .map(({ variant, signals, detections }) => [
        variant,
        {
          signals: Object.fromEntries(signals.map(({ id, verdict, got }) => [id, { verdict, got: withoutTimes(got) }])),
          detections: Object.fromEntries(detections.map((one) => [one.id, factOf(one, columns)])),
        },
      ]),
  );

const factOf = (one: DetectionResult, columns: ReadonlySet<string>): Facts[string][string]['detections'][string] => {
  const rows = [...one.rows, ...(one.laterRows ?? [])]
    .map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => columns.has(name))))
    .filter((row) => Object.keys(row).length > 0);
  return {
    verdict: one.verdict,
    why: whyOf(one),
    phases: one.phases.tried === 0 ? '' : `${one.phases.fired} of ${one.phases.tried}`,
    ...(rows.length === 0 ? {} : { rows }),
  };
};

const whyOf = ({ verdict, reason }: DetectionResult): string => {
  if (reason === null) return '';
  if (verdict === 'broken' || reason.clause === undefined) return reason.summary;
  return `${reason.clause}: ${reason.summary}`;
};

// What a machine's load moves is no fact of a test.
const withoutTimes = (got: string): string => got.replace(/, every .*/, '');
