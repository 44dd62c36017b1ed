import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import { fixtureContext, fixtureFile } from '../support/fixture.ts';
import { parseText } from '../support/synthetic.ts';

const lines = ['spawn', 'network', 'dns'].flatMap((name) =>
  readFileSync(fixtureFile(`${name}.trace`), 'latin1').split('\n'),
);
const context = fixtureContext('network');

/** A line as it was, cut, with bytes changed, or nothing like it. */
const damaged = fc.nat(lines.length - 1).chain((at) => {
  const line = lines[at] ?? '';
  return fc.oneof(
    { weight: 8, arbitrary: fc.constant(line) },
    { weight: 2, arbitrary: fc.nat(line.length).map((length) => line.slice(0, length)) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.nat(line.length), fc.constantFrom('"', '\\', '(', ')', '<', '>', '[', '{', ',', '\0', ' = 0', '-1 E'))
        .map(([place, text]) => line.slice(0, place) + text + line.slice(place + 1)),
    },
    { weight: 1, arbitrary: fc.string() },
  );
});

describe('a damaged trace', () => {
  it('is read to its end without an error, its events numbered, what it lost counted', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(damaged, { maxLength: 200 }), async (text) => {
        const { events, report } = await parseText(`${text.join('\n')}\n`, context);
        expect(events.map((event) => event['event.id'])).to.deep.equal(events.map((_, n) => `web:trace:${n + 1}`));
        expect(events.filter((event) => !Number.isSafeInteger(event['@timestamp']))).to.deep.equal([]);
        expect(report.losses.every(({ count, detail }) => count > 0 && detail !== '')).to.equal(true);
      }),
      { numRuns: 150 },
    );
  });

  it('gives the same output every time', async () => {
    const text = lines.filter((_, index) => index % 3 !== 0).join('\n');
    const [first, second] = [await parseText(text, context), await parseText(text, context)];
    expect(second.events).to.deep.equal(first.events);
    expect(second.report.losses).to.deep.equal(first.report.losses);
  });
});
