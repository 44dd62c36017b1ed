import { stripVTControlCharacters } from 'node:util';
import { assertNever } from '../../model/assert-never.ts';
import type { Result, RunResult } from '../../model/run-result.ts';
import type { ReportFormat } from '../report-format.ts';
import { labCases, testCasesOf, type TestCase } from './test-cases.ts';
import { xmlCdata, xmlElement, xmlText, xmlTextElement } from './xml.ts';

/** A suite per technique, a test case per claim: `variant › detection`. */
export const renderJunit = (run: RunResult): string => {
  const names = new Map(run.coverage.map(({ technique, name }) => [technique, name]));
  const groups = [...Map.groupBy(run.results, ({ technique }) => technique)].sort(([a], [b]) => (a < b ? -1 : 1));
  const suites = [
    ...groups.map(([technique, results]) => ({
      name: [technique, names.get(technique) ?? ''].join(' ').trim(),
      start: startOf(results) ?? run.startedAt,
      cases: results.flatMap(testCasesOf),
    })),
    { name: 'lab', start: run.startedAt, cases: labCases(run.residue) },
  ];
  const all = suites.flatMap(({ cases }) => cases);
  const body = suites.map(({ name, start, cases }) =>
    xmlElement(
      'testsuite',
      { name, ...countsOf(cases), timestamp: secondsOnly(start), hostname: run.driver },
      cases.map((one) => renderCase(name, one)),
    ),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${xmlElement('testsuites', { name: run.scenario.id, ...countsOf(all) }, body)}\n`;
};

export const junitFormat: ReportFormat = { name: 'junit', render: (run) => ({ 'junit.xml': renderJunit(run) }) };

const startOf = (results: readonly Result[]): string | undefined =>
  results.flatMap(({ executed }) => executed.startedAt ?? []).sort()[0];

/** `2026-11-20T16:00:00`: what the schema of JUnit takes. */
const secondsOnly = (iso: string): string => iso.slice(0, 19);

const countsOf = (cases: readonly TestCase[]) => ({
  tests: cases.length,
  failures: cases.filter(({ outcome }) => outcome.kind === 'failure').length,
  errors: cases.filter(({ outcome }) => outcome.kind === 'error').length,
  skipped: cases.filter(({ outcome }) => outcome.kind === 'skipped').length,
  time: cases.reduce((sum, { seconds }) => sum + seconds, 0).toFixed(3),
});

const renderCase = (classname: string, { name, file, seconds, outcome, stdout, stderr }: TestCase): string =>
  xmlElement('testcase', { classname, name: plain(name), ...(file === '' ? {} : { file }), time: seconds.toFixed(3) }, [
    ...renderOutcome(outcome),
    ...renderOutput('system-out', stdout),
    ...renderOutput('system-err', stderr),
  ]);

const renderOutcome = (outcome: TestCase['outcome']): readonly string[] => {
  switch (outcome.kind) {
    case 'passed':
      return [];
    case 'skipped':
      return [xmlElement('skipped', { message: plain(outcome.message) })];
    case 'failure':
    case 'error': {
      const message = plain(outcome.message);
      return [xmlTextElement(outcome.kind, { type: outcome.type, message }, xmlText(message))];
    }
    default:
      return assertNever(outcome);
  }
};

const renderOutput = (name: string, text: string): readonly string[] =>
  text === '' ? [] : [xmlTextElement(name, {}, xmlCdata(plain(text)))];

const plain = stripVTControlCharacters;
