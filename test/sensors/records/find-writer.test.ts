import { expect } from 'chai';
import { findWriter } from '../../../src/sensors/records/find-writer.ts';
import { createProcess, type TracedProcess } from '../../../src/sensors/trace/traced-process.ts';

const component = (changes: Partial<TracedProcess> = {}): TracedProcess => ({
  ...createProcess('pc', 40, 10_000_000, null, { kind: 'harness' }),
  image: { executable: 'C:\\x.exe', name: 'x.exe', commandLine: 'x', args: null, isComponent: true },
  recordsMicros: 20_000_000,
  endedMicros: 30_000_000,
  ...changes,
});

const why = (process: TracedProcess, micros: number): string => {
  const writer = findWriter([process], 40, micros);
  return writer.ok ? 'ok' : writer.reason;
};

describe('the writer of a record', () => {
  it('is a component that was alive and connected when the record came in', () => {
    expect(why(component(), 25_000_000)).to.equal('ok');
    expect(why(component({ endedMicros: null }), 90_000_000)).to.equal('ok');
  });

  it('is nobody before its birth, after its end, before it connected, or when it is another program', () => {
    expect(why(component(), 9_000_000)).to.match(/not alive/);
    expect(why(component(), 32_000_000)).to.match(/not alive/);
    expect(why(component(), 15_000_000)).to.match(/not connected/);
    expect(why(component({ recordsMicros: null }), 25_000_000)).to.match(/not connected/);
    expect(why(component({ image: null }), 25_000_000)).to.match(/no component/);
  });

  it('is the latest process of its number', () => {
    const later = component({ bornMicros: 31_000_000, recordsMicros: 31_000_001, endedMicros: null });
    const writer = findWriter([component(), later], 40, 31_500_000);
    expect(writer.ok && writer.process).to.equal(later);
  });
});
