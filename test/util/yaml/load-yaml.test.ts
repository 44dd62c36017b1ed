import { expect } from 'chai';
import fc from 'fast-check';
import { z } from 'zod';
import { loadYaml } from '../../../src/util/yaml/load-yaml.ts';

const schema = z.strictObject({
  name: z.string(),
  executor: z.strictObject({ command: z.string(), timeout: z.number().optional() }),
  tags: z.array(z.enum(['one', 'two'])).default([]),
  count: z.union([z.number(), z.strictObject({ min: z.number(), max: z.number().optional() })]).optional(),
});

const load = (text: string) => loadYaml('a.yaml', text, schema);

const problems = (text: string): string[] =>
  load(text).diagnostics.map(({ code, place, message, hint }) =>
    [`${place?.line}:${place?.column}`, code, message, hint].filter((part) => part !== undefined).join(' | '),
  );

describe('loading a YAML file', () => {
  it('gives the value, and where everything in it stands', () => {
    const loaded = load('name: a\nexecutor:\n  command: whoami\ntags: [one, two]\n');
    if (!loaded.ok) return expect.fail(JSON.stringify(loaded.diagnostics));
    expect(loaded.value.value).to.deep.equal({ name: 'a', executor: { command: 'whoami' }, tags: ['one', 'two'] });
    expect(loaded.value.place(['tags', 1])).to.deep.equal({
      file: 'a.yaml',
      line: 4,
      column: 13,
      endLine: 4,
      endColumn: 16,
    });
    expect(loaded.value.place(['executor', 'command'], 'key')).to.include({ line: 3, column: 3, endColumn: 10 });
  });

  it('says every problem at once, in the order of the text', () => {
    expect(problems('name: 5\ntags: [on, two]\nexecutor:\n  command: 1\n  timout: 3\nmore: x\n')).to.deep.equal([
      '1:7 | schema/wrong-type | expected text, got number 5 | put it in quotes',
      '2:8 | schema/unknown-value | unknown value "on" | did you mean "one"?',
      '4:12 | schema/wrong-type | expected text, got number 1 | put it in quotes',
      '5:3 | schema/unknown-key | unknown key "timout" | did you mean "timeout"?',
      '6:1 | schema/unknown-key | unknown key "more" | available: count',
    ]);
  });

  it('takes a key that is missing and one that looks like it for one mistake', () => {
    expect(problems('name: a\nexecutor: { comand: x }')).to.deep.equal([
      '2:13 | schema/unknown-key | unknown key "comand" | did you mean "command"?',
    ]);
  });

  it('points at the parent of a missing key, and at the start of the file when that is its parent', () => {
    expect(problems('name: a\nexecutor: {}')).to.deep.equal(['2:1 | schema/missing-key | missing key "command"']);
    expect(problems('executor: { command: a }')).to.deep.equal(['1:1 | schema/missing-key | missing key "name"']);
  });

  it('points at the key of a value that is empty', () => {
    expect(problems('name:\nexecutor: { command: a }')).to.deep.equal([
      '1:1 | schema/wrong-type | expected text, got nothing',
    ]);
  });

  it('complains in the words of the branch of a union that was meant', () => {
    expect(problems('name: a\nexecutor: { command: a }\ncount: { mni: 1 }')).to.deep.equal([
      '3:10 | schema/unknown-key | unknown key "mni" | did you mean "min"?',
    ]);
    expect(problems('name: a\nexecutor: { command: a }\ncount: many')).to.deep.equal([
      '3:8 | schema/wrong-type | expected a number or a mapping, got "many"',
    ]);
  });

  it('goes on to the schema when a key is given twice, and not when the text is no YAML', () => {
    expect(problems('name: a\nname: b\nexecutor: { comand: a }').map((line) => line.split(' | ')[1])).to.deep.equal([
      'yaml/duplicate-key',
      'schema/unknown-key',
    ]);
    expect(problems('name: [a\nexecutor: 1').every((line) => line.includes('| yaml/'))).to.equal(true);
  });

  it('points at an alias, not at what it names', () => {
    expect(problems('name: &n 5\nexecutor: { command: *n }').map((line) => line.split(' ')[0])).to.deep.equal([
      '1:10',
      '2:22',
    ]);
  });

  it('carries the line it points at, whatever ends it', () => {
    expect(load('name: a\r\nexecutor: 7\r\n').diagnostics[0]).to.include({ excerpt: 'executor: 7' });
    expect(load('\uFEFFname: 5\nexecutor: { command: a }').diagnostics[0]?.place).to.include({ line: 1, column: 7 });
  });

  it('refuses what would take the process down', () => {
    expect(load('['.repeat(20_000)).diagnostics.map(({ code }) => code)).to.deep.equal(['yaml/too-complex']);
  });

  it('never throws, and points inside the text', () => {
    const lines = fc.array(
      fc.constantFrom(
        'name: a',
        'name:',
        'executor:',
        '  command: b',
        '  comand: {',
        '- x',
        '&a *a',
        '"',
        "'",
        '? k',
        ': ',
        '\t',
        'tags: [one',
        '...',
        '---',
        '!!x y',
        '{}: []',
        '__proto__: 1',
        'count: { min: x }',
      ),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          lines.map((all) => all.join('\n')),
        ),
        (text) => {
          const count = text.split('\n').length;
          for (const { place } of load(text).diagnostics) {
            expect(place?.line).to.be.within(1, count);
            expect(place?.column).to.be.at.least(1);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
