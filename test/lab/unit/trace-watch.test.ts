import { appendFileSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { createTraceWatch } from '../../../src/lab/host/trace-watch.ts';
import { HarnessError } from '../../../src/model/harness-error.ts';

const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof HarnessError) return error.code;
    throw error;
  }
  return 'nothing thrown';
};

describe('the watch over a trace', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-watch-'));
  const file = join(folder, 'trace');

  beforeEach(() => writeFileSync(file, ''));
  after(() => rmSync(folder, { recursive: true }));

  it('lets it grow', () => {
    const watch = createTraceWatch('the trace of host h', file, 100);
    appendFileSync(file, 'abc');
    expect(watch.check()).to.equal(3);
    appendFileSync(file, 'def');
    expect(watch.check()).to.equal(6);
    watch.close();
  });

  it('says that the sensor is lost when it shrinks, even to grow again later', () => {
    const watch = createTraceWatch('the trace of host h', file, 100);
    appendFileSync(file, 'abcdef');
    watch.check();
    truncateSync(file, 2);
    expect(codeOf(() => watch.check())).to.equal('sensor/lost');
    watch.close();
  });

  it('says that the sensor is flooded when it grows too far', () => {
    const watch = createTraceWatch('the trace of host h', file, 10);
    appendFileSync(file, 'x'.repeat(11));
    expect(codeOf(() => watch.check())).to.equal('sensor/flooded');
    watch.close();
  });

  it('finds a token wherever it lies, across the borders of what is read at once too', () => {
    const token = 'f00dfacef00dface';
    const watch = createTraceWatch('the trace of host h', file, 100_000_000);
    for (const before of [0, 1, 1024 * 1024 - 16, 1024 * 1024 - 8, 1024 * 1024 - 1, 1024 * 1024, 2_500_000]) {
      writeFileSync(file, 'x'.repeat(before) + token + 'y'.repeat(1_500_000));
      expect(watch.contains(token, 0), String(before)).to.equal(true);
      expect(watch.contains(token, before), String(before)).to.equal(true);
      expect(watch.contains(token, before + 1), String(before)).to.equal(false);
    }
    watch.close();
  });
});
