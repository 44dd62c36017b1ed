import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { RunEvent } from '../../../src/model/run-event.ts';
import { createTerminalReporter } from '../../../src/report/terminal/terminal-reporter.ts';
import { sampleRun } from '../sample-run.ts';
import { createFakeTerminal, createFakeTicker, type FakeTerminal } from './fake-terminal.ts';

const fixture = (name: string): string =>
  readFileSync(join(import.meta.dirname, '../../fixtures/terminal', name), 'utf8');

const before: readonly RunEvent[] = [
  { type: 'loaded', atomics: 24, detections: 61, notLoaded: [{ code: 'yaml/x', severity: 'error', message: 'bad' }] },
  { type: 'notice', text: 'installing strace (this machine has none)' },
  {
    type: 'run-started',
    runId: sampleRun.runId,
    scenario: 't1583-003',
    driver: 'namespace',
    variants: ['as-documented', 'vps'],
  },
  { type: 'lab-ready', hosts: ['workstation', 'vps'], elapsedMs: 812, sealed: 42 },
];

const after: readonly RunEvent[] = [
  ...sampleRun.results.map((result) => ({ type: 'judged', result }) as const),
  {
    type: 'run-finished',
    result: sampleRun,
    folder: `reports/${sampleRun.runId}`,
    files: ['run.json', 'index.html'],
    elapsedMs: 102_000,
  },
];

const report = (terminal: FakeTerminal, events: readonly RunEvent[], quiet = false, results = true): void => {
  const reporter = createTerminalReporter({
    screen: terminal.screen,
    ticker: createFakeTicker(),
    quiet,
    results,
    attackVersion: '18',
  });
  for (const event of events) void reporter.onEvent(event);
};

describe('the terminal reporter', () => {
  it('prints verdicts, reasons at the query’s own lines and a summary in a fixed order', () => {
    const terminal = createFakeTerminal();
    report(terminal, [...before, ...after]);
    expect(terminal.out()).to.equal(fixture('run.txt'));
  });

  it('keeps progress on standard error', () => {
    const terminal = createFakeTerminal();
    report(terminal, before);
    expect(terminal.out()).to.equal('');
    expect(terminal.err()).to.equal(fixture('progress.txt'));
  });

  it('says the same in ASCII where the locale asks for it', () => {
    const terminal = createFakeTerminal({ env: { LANG: 'C' } });
    report(terminal, [...before, ...after]);
    expect(terminal.out()).to.equal(fixture('run-ascii.txt'));
    expect(terminal.out() + terminal.err()).to.match(/^[\x00-\x7f]*$/);
  });

  it('prints only what is not as expected, and the summary, when it is to be quiet', () => {
    const terminal = createFakeTerminal();
    report(terminal, [...before, ...after], true);
    expect(terminal.out()).to.equal(fixture('run-quiet.txt'));
    expect(terminal.err()).to.equal('');
  });

  it('colours a terminal, and the text without its colours is the same', () => {
    const [colored, plain] = [createFakeTerminal({ color: 'always' }), createFakeTerminal()];
    report(colored, after);
    report(plain, after);
    expect(colored.out()).to.contain('\u001b[32m✓\u001b[39m').and.to.contain('^^^^\u001b[39m');
    expect(colored.out().replaceAll(/\u001b\[\d+m/g, '')).to.equal(plain.out());
  });

  it('lets nothing that a host printed reach the terminal as a control character', () => {
    const terminal = createFakeTerminal();
    report(terminal, [...before, { type: 'notice', text: 'a\u001b[2Jb\rc\u202ed' }, ...after]);
    expect(terminal.out() + terminal.err()).not.to.match(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(terminal.err()).to.contain('ab c\ufffdd\n');
  });

  it('leaves standard output to another when results are not its own', () => {
    const terminal = createFakeTerminal();
    report(terminal, [...before, ...after], false, false);
    expect(terminal.out()).to.equal('');
  });
});
