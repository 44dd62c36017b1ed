import { expect } from 'chai';
import { createProgress } from '../../../src/report/terminal/progress.ts';
import { createFakeTerminal, createFakeTicker } from './fake-terminal.ts';

const started = {
  type: 'step-started',
  variant: 'vps',
  phase: 'test',
  host: 'workstation',
  expectedSeconds: 75,
} as const;
const finished = { type: 'step-finished', variant: 'vps', phase: 'test', exitCode: 0, elapsedMs: 75_200 } as const;

describe('progress in a log', () => {
  it('only appends lines, with a heartbeat every half minute while something runs', () => {
    const [terminal, ticker] = [createFakeTerminal(), createFakeTicker()];
    const progress = createProgress(terminal.screen, ticker);
    progress.started(started);
    ticker.pass(75_200);
    progress.finished(finished);
    ticker.pass(60_000);
    progress.stop();
    expect(terminal.err()).to.equal(
      [
        '  vps · test started on workstation, about 75 s',
        '  vps · test still runs after 30 s',
        '  vps · test still runs after 60 s',
        '  vps · test exit 0 after 75 s',
        '',
      ].join('\n'),
    );
  });

  it('is what a build’s log gets even from a terminal', () => {
    const terminal = createFakeTerminal({ tty: true, env: { CI: 'true' } });
    createProgress(terminal.screen, createFakeTicker()).started(started);
    expect(terminal.err()).to.contain('started on').and.not.to.contain('\u001b');
  });
});

describe('progress on a terminal', () => {
  it('keeps one line per running step, redrawn in place', () => {
    const [terminal, ticker] = [createFakeTerminal({ tty: true, color: 'never' }), createFakeTicker()];
    const progress = createProgress(terminal.screen, ticker);
    progress.started(started);
    progress.started({ ...started, variant: 'no-listener', expectedSeconds: null });
    ticker.pass(100);
    expect(terminal.err()).to.equal(
      '  vps · test on workstation · 0 s of about 75 s\n  no-listener · test on workstation · 0 s\n',
    );
    ticker.pass(900);
    expect(terminal.err().split('\u001b[2A\r\u001b[J').at(-1)).to.equal(
      '  vps · test on workstation · 1 s of about 75 s\n  no-listener · test on workstation · 1 s\n',
    );
  });

  it('writes nothing while nothing changes, and never more than ten times a second', () => {
    const [terminal, ticker] = [createFakeTerminal({ tty: true }), createFakeTicker()];
    const progress = createProgress(terminal.screen, ticker);
    ticker.pass(5000);
    expect(terminal.err()).to.equal('');
    progress.started(started);
    const before = terminal.err();
    for (let step = 0; step < 50; step += 1) progress.started({ ...started, variant: `v${step}` });
    expect(terminal.err()).to.equal(before);
    ticker.pass(100);
    expect(terminal.err().split('\u001b[J')).to.have.length(1);
  });

  it('is out of the way while a result is printed, and gone in the end', () => {
    const [terminal, ticker] = [createFakeTerminal({ tty: true, color: 'never' }), createFakeTicker()];
    const progress = createProgress(terminal.screen, ticker);
    progress.started(started);
    ticker.pass(100);
    const before = terminal.err().length;
    progress.around(() => terminal.screen.note('result\n'));
    expect(terminal.err().slice(before)).to.equal('\u001b[1A\r\u001b[Jresult\n');
    ticker.pass(100);
    progress.stop();
    expect(terminal.err().endsWith('\u001b[1A\r\u001b[J')).to.equal(true);
    const after = terminal.err();
    ticker.pass(10_000);
    expect(terminal.err()).to.equal(after);
  });

  it('cuts a line to the width, since a wrapped one could not be redrawn', () => {
    const [terminal, ticker] = [createFakeTerminal({ tty: true, color: 'never', columns: 40 }), createFakeTicker()];
    createProgress(terminal.screen, ticker).started({
      ...started,
      variant: 'a-very-long-name-of-a-variant-that-goes-on',
    });
    ticker.pass(100);
    expect(terminal.err()).to.equal('  a-very-long-name-of-a-variant-that-g…\n');
  });
});
