import { expect } from 'chai';
import fc from 'fast-check';
import { z } from 'zod';
import { linesOf } from '../../../src/util/source-file.ts';
import { loadYaml } from '../../../src/util/yaml/load-yaml.ts';
import { locateText } from '../../../src/util/yaml/locate-text.ts';
import { placeInText } from '../../../src/model/place.ts';

const load = (text: string) => {
  const loaded = loadYaml('rule.yaml', text, z.looseObject({ query: z.string() }));
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics));
  return { query: loaded.value.value.query, origin: locateText(loaded.value, ['query']) };
};

describe('a query inside a YAML file', () => {
  for (const [title, text] of [
    ['a block', 'id: 1\nquery: |\n  A\n\n    | where x\n  | take 1\nmore: 2\n'],
    ['a block with its own indent', 'query: |4\n      indented\n    A\n'],
    ['a block that keeps its last lines', 'query: |+\n  A\n\n\nmore: 1\n'],
    ['a block without its last line end', 'query: |-\n  A\n  | take 1'],
    ['a block with a comment behind its header', 'query: | # why\n  A\n'],
    ['a block with CRLF', 'query: |\r\n  A\r\n  | take 1\r\n'],
    ['plain text', 'query: A | take 1'],
    ['quoted text', 'query: "A | take 1"'],
  ] as const)
    it(`has every character where the file has it: ${title}`, () => {
      const { query, origin } = load(text);
      if (origin === null) return expect.fail('no origin');
      const file = linesOf(text);
      for (const [index, line] of linesOf(query).entries())
        for (const [column, character] of line.split('').entries()) {
          const place = placeInText(origin, { line: index + 1, column: column + 1 });
          expect(file[place.line - 1]?.[place.column - 1]).to.equal(character);
        }
    });

  for (const [title, text] of [
    ['folded', 'query: >\n  A\n  | take 1\n'],
    ['over several lines without being a block', 'query: A\n  | take 1\n'],
    ['with escapes', 'query: "A\\n| take 1"'],
  ] as const)
    it(`has no place when it is ${title}`, () => expect(load(text).origin).to.equal(null));

  it('has every character where the file has it, whatever the block', () => {
    const line = fc.stringMatching(/^[ -~é]{0,12}$/);
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 6 }), fc.integer({ min: 1, max: 8 }), (lines, indent) => {
        fc.pre(lines.some((text) => text.trim() !== ''));
        const text = `query: |${indent}\n${lines.map((one) => ' '.repeat(indent) + one).join('\n')}\n`;
        const { query, origin } = load(text);
        if (origin === null) throw new Error('no origin');
        const file = linesOf(text);
        for (const [index, one] of linesOf(query).entries()) {
          if (one === '') continue;
          const place = placeInText(origin, { line: index + 1, column: 1 });
          expect(file[place.line - 1]?.slice(place.column - 1)).to.equal(one);
        }
      }),
    );
  });
});
