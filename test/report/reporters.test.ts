import { expect } from 'chai';
import type { Reporter, RunEvent } from '../../src/model/run-event.ts';
import { createReporters } from '../../src/report/reporters.ts';

const notice = (text: string): RunEvent => ({ type: 'notice', text });

const recorder = (printsToStdout = false): Reporter & { readonly heard: string[] } => {
  const heard: string[] = [];
  return {
    heard,
    printsToStdout,
    onEvent: (event) => void (event.type === 'notice' && heard.push(event.text)),
  };
};

describe('reporters together', () => {
  it('hear every event in order, even when one of them is slow', async () => {
    const heard: string[] = [];
    const slow: Reporter = {
      printsToStdout: false,
      onEvent: async (event) => {
        await Promise.resolve();
        if (event.type === 'notice') heard.push(`slow ${event.text}`);
      },
    };
    const fast = recorder();
    const reporters = createReporters([
      slow,
      { ...fast, onEvent: (event) => void (event.type === 'notice' && heard.push(`fast ${event.text}`)) },
    ]);
    void reporters.onEvent(notice('1'));
    void reporters.onEvent(notice('2'));
    await reporters.settled();
    expect(heard).to.deep.equal(['slow 1', 'fast 1', 'slow 2', 'fast 2']);
  });

  for (const [how, onEvent] of [
    [
      'throws',
      () => {
        throw new Error('no disk');
      },
    ],
    ['rejects', () => Promise.reject(new Error('no disk'))],
  ] as const) {
    it(`cannot be broken by one that ${how}: the others hear on, and the failure is kept`, async () => {
      const healthy = recorder();
      const reporters = createReporters([{ printsToStdout: false, onEvent }, healthy]);
      await reporters.onEvent(notice('1'));
      await reporters.onEvent(notice('2'));
      expect(healthy.heard).to.deep.equal(['1', '2']);
      expect(reporters.failures.map(({ reporter, error }) => [reporter, (error as Error).message])).to.deep.equal([
        [0, 'no disk'],
      ]);
    });
  }

  it('do not fight over standard output', () => {
    expect(createReporters([recorder(true), recorder()]).printsToStdout).to.equal(true);
    expect(() => createReporters([recorder(true), recorder(true)])).to.throw('2 reporters want standard output');
  });
});
