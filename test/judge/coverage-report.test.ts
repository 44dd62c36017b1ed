import { expect } from 'chai';
import { coverageReport, reaches } from '../../src/judge/coverage-report.ts';
import type { RunResult } from '../../src/model/run-result.ts';
import { renderCoverageMarkdown, renderCoverageTable } from '../../src/report/coverage/render-coverage.ts';
import { elementsOf, readMarkdown } from '../report/markdown/read-markdown.ts';
import { sampleRun } from '../report/sample-run.ts';

const other: RunResult = {
  ...sampleRun,
  runId: 'other',
  scenario: { ...sampleRun.scenario, id: 'other' },
  results: sampleRun.results.map((result) => ({ ...result, technique: 'T1571' })),
};

describe('coverage over runs', () => {
  it('counts tests that ran and those detected, by technique and by tactic', () => {
    const report = coverageReport([sampleRun, other]);
    expect(report.techniques.map(({ technique, fired, tried }) => [technique, fired, tried])).to.deep.equal([
      ['T1571', 1, 2],
      ['T1583.003', 1, 2],
    ]);
    expect(report.tactics).to.deep.equal([
      {
        tactic: 'TA0042',
        name: 'Resource Development',
        techniques: { tried: 1, detected: 0 },
        tests: { tried: 2, detected: 1 },
      },
      {
        tactic: 'TA0011',
        name: 'Command and Control',
        techniques: { tried: 1, detected: 0 },
        tests: { tried: 2, detected: 1 },
      },
    ]);
    expect(report.tests).to.deep.equal({ tried: 4, detected: 2 });
  });

  it('takes the later of two runs of one scenario', () => {
    const later = { ...sampleRun, runId: 'later', startedAt: '2026-11-21T00:00:00.000000Z', results: [] };
    const report = coverageReport([later, sampleRun]);
    expect(report.runs).to.deep.equal(['later']);
    expect(report.tests).to.deep.equal({ tried: 0, detected: 0 });
    expect(report.techniques.map(({ status }) => status)).to.deep.equal(['untested']);
  });

  it('reaches a minimum by tests, and with none only 0', () => {
    const report = coverageReport([sampleRun]);
    expect([0, 50, 50.1].map((percent) => reaches(report, percent))).to.deep.equal([true, true, false]);
    const none = coverageReport([{ ...sampleRun, results: [] }]);
    expect([0, 1].map((percent) => reaches(none, percent))).to.deep.equal([true, false]);
  });

  it('shows a denominator with every number', () => {
    const report = coverageReport([sampleRun]);
    expect(renderCoverageTable(report)).to.include('partial (inferential)  1 of 2 tests');
    expect(elementsOf(readMarkdown(renderCoverageMarkdown(report))).filter((name) => name === 'table')).to.have.length(
      2,
    );
  });
});
