import { expect } from 'chai';
import type { StepResult } from '../../src/model/step.ts';
import { executedFrom, notRun } from '../../src/run/executed.ts';

const result = (partial: Partial<StepResult>): StepResult => ({
  step: { id: 'v/test', variant: 'v', origin: 'test', host: 'h' },
  argv: ['/bin/true'],
  pid: 10,
  exitCode: 0,
  signal: null,
  timedOut: false,
  failedToStart: null,
  stdout: 'out',
  stderr: 'first\nlast line\n',
  truncated: false,
  startedAt: 1_795_193_877_954_321,
  finishedAt: 1_795_193_878_000_000,
  ...partial,
});

describe('whether the attack happened', () => {
  it('it did, with the times of the command to the microsecond', () => {
    expect(executedFrom(result({}))).to.deep.equal({
      status: 'executed',
      reason: 'executed',
      detail: '',
      exitCode: 0,
      startedAt: '2026-11-20T16:57:57.954321Z',
      finishedAt: '2026-11-20T16:57:58.000000Z',
      stdout: 'out',
      stderr: 'first\nlast line\n',
    });
  });

  it('it did when the command says 1: signals decide, not exit codes', () => {
    expect(executedFrom(result({ exitCode: 1 }))).to.deep.include({ status: 'executed', exitCode: 1 });
  });

  const ways: readonly [string, Partial<StepResult>, string][] = [
    ['its program could not be started', { failedToStart: '/x does not exist', exitCode: null }, 'failed-to-start'],
    ['it did not end in time', { timedOut: true, exitCode: null, signal: 'SIGKILL' }, 'timeout'],
    ['a shell found no such program', { exitCode: 127 }, 'tool-missing'],
    ['a shell could not execute the program', { exitCode: 126 }, 'tool-missing'],
    ['cmd did not recognize the program', { exitCode: 9009 }, 'tool-missing'],
    ['the persona does not implement what it needs', { exitCode: 120 }, 'not-implemented'],
  ];
  for (const [why, partial, reason] of ways) {
    it(`it did not when ${why}`, () => {
      expect(executedFrom(result(partial))).to.deep.include({ status: 'not-run', reason });
    });
  }

  it('shows the last line of what the persona lacks', () => {
    expect(executedFrom(result({ exitCode: 120 })).detail).to.equal(
      'the Windows persona does not implement it: last line',
    );
  });

  it('has no times when nothing was started', () => {
    expect(notRun('manual', 'by hand')).to.deep.include({ startedAt: null, finishedAt: null, exitCode: null });
  });
});
