import { expect } from 'chai';
import fc from 'fast-check';
import type { RunEvent } from '../../../src/model/run-event.ts';
import type { RunResult } from '../../../src/model/run-result.ts';
import { annotationsOf } from '../../../src/report/github/annotations.ts';
import { annotationCommand } from '../../../src/report/github/commands.ts';
import { createGitHubReporter } from '../../../src/report/github/github-reporter.ts';
import { renderJobSummary } from '../../../src/report/github/job-summary.ts';
import { elementsOf, readMarkdown } from '../markdown/read-markdown.ts';
import { sampleRun } from '../sample-run.ts';
import { runnerCommands } from './runner.ts';

const finished = (result: RunResult): RunEvent => ({
  type: 'run-finished',
  result,
  folder: 'reports/x',
  files: [],
  elapsedMs: 1,
});

describe('annotations for GitHub', () => {
  it('say any text: nothing in it ends a property, the command or the line', () => {
    const text = fc
      .array(fc.oneof(fc.constantFrom(',', ':', '::', '%', '%25', '%0A', '\r', '\n', '='), fc.string()))
      .map((all) => all.join(''));
    fc.assert(
      fc.property(text, text, (title, message) => {
        const printed = annotationCommand({ level: 'error', file: 'a,b:c.kql', line: 3, title, message });
        expect(runnerCommands(printed)).to.deep.equal([
          { name: 'error', properties: { file: 'a,b:c.kql', line: '3', title }, data: message },
        ]);
      }),
    );
  });

  it('point at the clause of a rule, at the test that did not run, and at what did not load', () => {
    const [result] = sampleRun.results;
    const [detection] = result?.detections ?? [];
    if (result === undefined || detection === undefined) throw new Error('the sample has detections');
    const unmet = { ...result, detections: [{ ...detection, expected: 'fired' as const, met: false }] };
    const run: RunResult = {
      ...sampleRun,
      results: [unmet, ...sampleRun.results.slice(1)],
      notLoaded: [
        { code: 'yaml/x', severity: 'warning', message: 'm', place: { file: 'atomics/a.yaml', line: 2, column: 1 } },
      ],
    };
    const annotations = annotationsOf(run, 'drills');
    expect(annotations.map(({ level, file, line }) => [level, file, line])).to.deep.equal([
      ['error', 'drills/detections/T1583.003/maintained.kql', 3],
      ['error', 'drills/atomics/T1583.003/T1583.003.yaml', undefined],
      ['error', 'drills/atomics/T1583.003/T1583.003.yaml', undefined],
      ['warning', 'drills/atomics/a.yaml', 2],
    ]);
  });

  it('are no more than GitHub shows', () => {
    const results = Array.from({ length: 30 }, () => sampleRun.results).flat();
    expect(annotationsOf({ ...sampleRun, results }, '')).to.have.length(10);
  });
});

describe('the reporter for GitHub', () => {
  it('lets nothing that is printed during the run reach the runner, and annotates after it', async () => {
    let printed = '';
    let summary = '';
    const reporter = createGitHubReporter({
      write: (text) => (printed += text),
      appendSummary: (text) => Promise.resolve(void (summary += text)),
      prefix: '',
      token: '5f2b',
    });
    printed += '::error::owned\n::add-mask::a\n::stop-commands::mine\n::mine::\n::error::owned again\n';
    await reporter.onEvent(finished(sampleRun));
    printed += '::error::owned after the run\n';
    await reporter.onEvent(finished(sampleRun));
    reporter.close();
    printed += '::notice::ours\n';
    const commands = runnerCommands(printed);
    expect(commands.map(({ name }) => name)).to.deep.equal([...Array<string>(4).fill('error'), 'notice']);
    expect(commands.map(({ data }) => data).join()).not.to.include('owned');
    expect(summary).to.include('2 expectations not met');
  });
});

describe('the summary of a job', () => {
  it('folds the techniques away and links to no page', () => {
    const html = readMarkdown(renderJobSummary(sampleRun));
    expect(html).not.to.include('href');
    expect(elementsOf(html)).to.include('details').and.to.include('table');
  });

  it('is cut at a line where GitHub would refuse it, and says so', () => {
    const results = Array.from({ length: 3000 }, () => sampleRun.results).flat();
    const summary = renderJobSummary({ ...sampleRun, results });
    expect(Buffer.byteLength(summary)).to.be.lessThan(300 * 1024);
    expect(summary).to.match(/\|\n\nCut here: /);
  });
});
