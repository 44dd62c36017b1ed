import { expect } from 'chai';
import { whyBroken } from '../../../src/sensors/trace/integrity.ts';

describe('a trace', () => {
  const whole = { lines: 9, begins: true, ends: true, torn: false };

  it('is evidence when it begins with the agent and reaches the end of the last step, torn or not', () => {
    expect(whyBroken(whole)).to.equal(null);
    expect(whyBroken({ ...whole, torn: true })).to.equal(null);
  });

  it('is none when its beginning or its end is missing', () => {
    expect(whyBroken({ ...whole, begins: false })).to.equal('the trace does not begin with the agent');
    expect(whyBroken({ ...whole, ends: false })).to.equal('the trace stops before the last step does');
  });
});
