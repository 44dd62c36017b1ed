import { expect } from 'chai';
import { createRunId } from '../../src/api/run-id.ts';

describe('a run id', () => {
  it('sorts by time, names a folder, and differs from that of another run in the same second', () => {
    const now = new Date('2026-11-20T16:26:41.123Z');
    const id = createRunId(now);
    expect(id).to.match(/^20261120T162641Z-[0-9a-f]{6}$/);
    expect(createRunId(now)).to.not.equal(id);
    expect(id < createRunId(new Date('2026-11-20T16:26:42Z'))).to.equal(true);
  });
});
