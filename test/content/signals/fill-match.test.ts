import { expect } from 'chai';
import fc from 'fast-check';
import type { Atomic } from '../../../src/model/atomic.ts';
import { createMatchFiller } from '../../../src/content/signals/fill-match.ts';

const atomic = {
  inputs: [
    { name: 'port', description: '', type: 'integer', default: 1 },
    { name: 'path', description: '', type: 'path', default: '' },
  ],
} as unknown as Atomic;

const fill = (field: string, value: string, inputs: Record<string, string>) =>
  createMatchFiller(atomic, inputs)(field, value);

/** Sigma's own reading of a value: what is a wildcard, and what is a character. */
const readSigma = (value: string): string[] => {
  const read: string[] = [];
  for (let at = 0; at < value.length; at += 1) {
    const [c = '', next = ''] = [value[at], value[at + 1]];
    if (c === '\\' && ['\\', '*', '?'].includes(next)) {
      read.push(next);
      at += 1;
    } else read.push(c === '*' || c === '?' ? `wildcard ${c}` : c);
  }
  return read;
};

describe('an input in a signal', () => {
  it('is a number when its type is, and it is the whole value', () => {
    expect(fill('DestinationPort', '#{port}', { port: '8443' })).to.equal(8443);
    expect(fill('CommandLine|contains', ':#{port}/', { port: '8443' })).to.equal(':8443/');
  });

  it('is put into every value of a list, and leaves other types alone', () => {
    const filled = createMatchFiller(atomic, { port: '1', path: 'x' })('A', ['#{port}', 'b', true, null, '#{path}']);
    expect(filled).to.deep.equal([1, 'b', true, null, 'x']);
  });

  it('keeps the wildcards of the signal, and has none of its own', () => {
    expect(readSigma(fill('Image', '*\\#{path}?', { path: 'a*b' }) as string)).to.deep.equal([
      'wildcard *',
      '\\',
      'a',
      '*',
      'b',
      'wildcard ?',
    ]);
  });

  it('means itself to Sigma, whatever its characters', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[\\*?ab]{0,8}$/), (path) => {
        fc.pre(path !== '');
        expect(readSigma(fill('Image', '#{path}', { path }) as string)).to.deep.equal(path.split(''));
        expect(readSigma(fill('Image', '#{path}*', { path }) as string)).to.deep.equal([
          ...path.split(''),
          'wildcard *',
        ]);
      }),
    );
  });

  it('means itself in a regular expression', () => {
    fc.assert(
      fc.property(fc.string(), (path) => {
        const pattern = fill('Image|re', '^#{path}$', { path }) as string;
        expect(new RegExp(pattern).test(path)).to.equal(true);
      }),
    );
  });
});
