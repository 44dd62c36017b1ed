import { attackVersion, tactics, technique } from '../attack/attack.ts';
import type { CoverageReport, TacticCoverage } from '../model/coverage-report.ts';
import type { RunResult, TechniqueCoverage } from '../model/run-result.ts';
import { coverageOfClaims } from './coverage.ts';

/** Coverage over runs; of two runs of one scenario the later one counts, so that yesterday's verdict does not improve today's. */
export const coverageReport = (runs: readonly RunResult[]): CoverageReport => {
  const latest = [...new Map([...runs].sort(byStart).map((run) => [run.scenario.id, run])).values()];
  const techniques = coverageOfClaims(
    latest.flatMap(({ results }) => results),
    latest.flatMap(({ coverage }) => coverage.map((one) => one.technique)),
  );
  return {
    runs: latest.map(({ runId }) => runId),
    attack: attackVersion,
    techniques,
    tactics: tactics.flatMap(({ id, shortName, name }) => tacticCoverage(id, shortName, name, techniques)),
    tests: testsOf(techniques),
  };
};

const byStart = (a: RunResult, b: RunResult): number => (a.startedAt < b.startedAt ? -1 : 1);

const tacticCoverage = (
  tactic: string,
  shortName: string,
  name: string,
  techniques: readonly TechniqueCoverage[],
): readonly TacticCoverage[] => {
  const members = techniques.filter((one) => technique(one.technique)?.tactics.includes(shortName) === true);
  if (members.length === 0) return [];
  const tried = members.filter((one) => one.tried > 0);
  const detected = tried.filter(({ status }) => status === 'detected').length;
  return [{ tactic, name, techniques: { tried: tried.length, detected }, tests: testsOf(members) }];
};

const testsOf = (techniques: readonly TechniqueCoverage[]) => ({
  tried: techniques.reduce((sum, one) => sum + one.tried, 0),
  detected: techniques.reduce((sum, one) => sum + one.fired, 0),
});

/** Whether at least `percent` of the tests that ran were detected. Where none ran, only 0 is reached. */
export const reaches = ({ tests: { tried, detected } }: CoverageReport, percent: number): boolean =>
  percent <= 0 || (tried > 0 && detected * 100 >= percent * tried);
