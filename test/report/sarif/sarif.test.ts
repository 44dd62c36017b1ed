import { expect } from 'chai';
import { z } from 'zod';
import { renderSarif } from '../../../src/report/sarif/sarif.ts';
import type { RunResult } from '../../../src/model/run-result.ts';
import { fixtureRun } from '../fixture-run.ts';
import { sampleRun } from '../sample-run.ts';

const level = z.enum(['none', 'note', 'warning', 'error']);
const message = z.strictObject({ text: z.string().min(1) });
const line = z.int().min(1);
const location = z.strictObject({
  physicalLocation: z.strictObject({
    // A relative reference: GitHub places nothing else in the repository.
    artifactLocation: z.strictObject({ uri: z.string().regex(/^(?![a-z]+:|\/)[^\\ ]+$/), uriBaseId: z.string() }),
    region: z.strictObject({
      startLine: line,
      startColumn: line.optional(),
      endLine: line.optional(),
      endColumn: line.optional(),
    }),
  }),
});

/** What SARIF 2.1.0 says of the properties used here; unknown keys are errors. */
const sarif = z.strictObject({
  $schema: z.url(),
  version: z.literal('2.1.0'),
  runs: z
    .array(
      z.strictObject({
        tool: z.strictObject({
          driver: z.strictObject({
            name: z.string(),
            rules: z.array(
              z.strictObject({
                id: z.string(),
                shortDescription: message,
                defaultConfiguration: z.strictObject({ level }),
                properties: z.looseObject({ tags: z.array(z.string()) }),
              }),
            ),
          }),
        }),
        automationDetails: z.strictObject({ id: z.string().endsWith('/') }),
        columnKind: z.enum(['utf16CodeUnits', 'unicodeCodePoints']),
        invocations: z.array(
          z.strictObject({
            executionSuccessful: z.boolean(),
            exitCode: z.int(),
            startTimeUtc: z.iso.datetime(),
            endTimeUtc: z.iso.datetime(),
            toolExecutionNotifications: z.array(z.strictObject({ level, message, locations: z.array(location) })),
          }),
        ),
        results: z.array(
          z.strictObject({
            ruleId: z.string(),
            ruleIndex: z.int().min(0),
            kind: z.enum(['fail', 'pass', 'review', 'open', 'notApplicable', 'informational']),
            level,
            message,
            locations: z.array(location).min(1),
            partialFingerprints: z.record(z.string(), z.string()),
            properties: z.looseObject({}),
          }),
        ),
      }),
    )
    .length(1),
});

const read = (run: RunResult) => {
  const [only] = sarif.parse(JSON.parse(renderSarif(run))).runs;
  if (only === undefined) throw new Error('one run');
  return only;
};

describe('the SARIF report', () => {
  it('has a rule for each detection and a note for each expected gap, at the clause that decided', () => {
    const { tool, results } = read(fixtureRun());
    expect(tool.driver.rules.map(({ id }) => id)).to.deep.equal(
      [...new Set(fixtureRun().results.flatMap(({ detections }) => detections.map(({ id }) => id)))].sort(),
    );
    for (const result of results) {
      expect(tool.driver.rules[result.ruleIndex]?.id).to.equal(result.ruleId);
      expect(result.level).to.equal('note');
    }
    const gaps = fixtureRun().results.flatMap(({ detections }) =>
      detections.filter(({ verdict }) => ['missed', 'blind', 'broken', 'noisy', 'error'].includes(verdict)),
    );
    expect(results.length).to.equal(gaps.length).and.to.be.greaterThan(0);
  });

  it('makes an error of an unmet expectation, and no alert about a rule of an attack that did not happen', () => {
    const [result] = sampleRun.results;
    const [detection] = result?.detections ?? [];
    if (result === undefined || detection === undefined) throw new Error('the sample has detections');
    const unmet = { ...result, detections: [{ ...detection, expected: 'fired' as const, met: false }] };
    expect(read({ ...sampleRun, results: [unmet] }).results.map((one) => one.level)).to.deep.equal(['error']);
    const { results, invocations } = read(sampleRun);
    expect(results.filter(({ message }) => message.text.includes('no-tool'))).to.deep.equal([]);
    const said = invocations[0]?.toolExecutionNotifications.map((one) => one.message.text) ?? [];
    expect(said.filter((text) => text.startsWith('no-tool › execution: tool-missing'))).to.have.length(1);
  });

  it('keeps a fingerprint when the rule moves, and changes it when the verdict does', () => {
    const [result] = sampleRun.results;
    const [detection] = result?.detections ?? [];
    if (result === undefined || detection?.reason?.place === undefined) throw new Error('the sample has a place');
    const { reason } = detection;
    const place = { ...reason.place, file: detection.file, line: 90, column: 1 };
    const fingerprint = (changed: typeof detection): string | undefined =>
      read({ ...sampleRun, results: [{ ...result, detections: [changed] }] }).results[0]?.partialFingerprints[
        'tocsin/v1'
      ];
    expect(fingerprint({ ...detection, reason: { ...reason, place } })).to.equal(fingerprint(detection));
    expect(fingerprint({ ...detection, verdict: 'blind' })).not.to.equal(fingerprint(detection));
  });
});
