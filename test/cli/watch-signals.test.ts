import { expect } from 'chai';
import { watchSignals } from '../../src/cli/watch-signals.ts';

const source = () => {
  const listeners = new Map<string, (name: 'SIGINT' | 'SIGTERM') => void>();
  const killed: string[] = [];
  return {
    pid: 7,
    killed,
    on: (name: 'SIGINT' | 'SIGTERM', listener: (name: 'SIGINT' | 'SIGTERM') => void) => listeners.set(name, listener),
    kill: (_pid: number, name: 'SIGKILL') => killed.push(name),
    send: (name: 'SIGINT' | 'SIGTERM') => listeners.get(name)?.(name),
  };
};

describe('signals', () => {
  it('ask for an orderly end at first', () => {
    const process_ = source();
    const watch = watchSignals(process_);
    process_.send('SIGTERM');
    expect(watch).to.have.property('received', 'SIGTERM');
    expect(watch.signal.aborted).to.equal(true);
    expect(process_.killed).to.deep.equal([]);
  });

  it('end the process at once when they come again', () => {
    const process_ = source();
    watchSignals(process_);
    process_.send('SIGINT');
    process_.send('SIGINT');
    expect(process_.killed).to.deep.equal(['SIGKILL']);
  });
});
