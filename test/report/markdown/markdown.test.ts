import { expect } from 'chai';
import fc from 'fast-check';
import { playbookFields } from '../../../src/model/playbook.ts';
import { mdBlock, mdCode, mdTable, mdText } from '../../../src/report/markdown/escape.ts';
import { renderMarkdown } from '../../../src/report/markdown/markdown.ts';
import { oneLine } from '../../../src/report/terminal/one-line.ts';
import { fixtureRun } from '../fixture-run.ts';
import { sampleRun } from '../sample-run.ts';
import { elementsOf, readMarkdown, textOfHtml } from './read-markdown.ts';

// What Markdown and GitHub's dialect of it make something of.
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...['|', '`', '``', '<b>', '</td>', '&amp;', '&', '*', '**', '_', '~~', '[x](y)', '![x](y)', '\\', '#', '# '],
        ...[
          '- ',
          '+ ',
          '1. ',
          '1) ',
          '> ',
          '---',
          '===',
          '@me',
          'http://a.b',
          'www.a.b',
          'a@b.c',
          '[ ] ',
          '\n',
          '\t',
          ' ',
        ],
        ...['[^1]', ':-:', '$x$', '<!--', 'x', '\u001b[31m', '\u202e', '```'],
      ),
      fc.string({ maxLength: 3 }),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));

describe('Markdown of what others wrote', () => {
  it('means itself in a cell', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const html = readMarkdown(mdTable(['a', 'b'], [[mdText(text), 'end']]));
        expect(elementsOf(html)).to.deep.equal(['table', 'thead', 'tr', 'th', 'th', 'tbody', 'tr', 'td', 'td']);
        expect(textOfHtml(/<td>(.*)<\/td>\n<td>end/.exec(html)?.[1] ?? '')).to.equal(oneLine(text).trim());
      }),
      { numRuns: 500 },
    );
  });

  it('means itself in a paragraph, a heading and an item of a list', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const said = oneLine(text).trim();
        fc.pre(said !== '');
        for (const [before, elements] of [
          ['', ['p']],
          ['# ', ['h1']],
          ['- x: ', ['ul', 'li']],
        ] as const) {
          const html = readMarkdown(before + mdText(text));
          expect(elementsOf(html)).to.deep.equal(elements);
          expect(textOfHtml(html).trim().replace(/^x: /, '')).to.equal(said);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('is code in a cell', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const said = oneLine(text).trim();
        fc.pre(said !== '');
        const html = readMarkdown(mdTable(['a', 'b'], [[mdCode(text), 'end']]));
        expect(elementsOf(html)).to.deep.equal(['table', 'thead', 'tr', 'th', 'th', 'tbody', 'tr', 'td', 'code', 'td']);
        expect(textOfHtml(/<code>(.*)<\/code>/.exec(html)?.[1] ?? '')).to.equal(said.replaceAll('|', '\u2502'));
      }),
      { numRuns: 500 },
    );
  });

  it('stays inside its block', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(elementsOf(readMarkdown(`${mdBlock(text)}\n\nend`))).to.deep.equal(['pre', 'code', 'p']);
      }),
      { numRuns: 500 },
    );
  });
});

describe('the Markdown report', () => {
  it('has a summary and a page for each technique that the summary links to', () => {
    for (const run of [fixtureRun(), sampleRun]) {
      const pages = renderMarkdown(run);
      const links = [...readMarkdown(pages['summary.md'] ?? '').matchAll(/href="([^"]*)"/g)].map(([, link]) => link);
      expect(links).to.deep.equal(Object.keys(pages).filter((name) => name !== 'summary.md'));
      expect(links).to.have.length(run.coverage.length);
    }
  });

  it('says what is not as expected before what is known not to work', () => {
    const html = readMarkdown(renderMarkdown(sampleRun)['summary.md'] ?? '');
    expect([...html.matchAll(/<h2>(.*?)<\/h2>/g)].map(([, title]) => title)).to.deep.equal([
      'Not as expected',
      'Known gaps',
      'Techniques',
      'Losses',
    ]);
    expect(html)
      .to.include('2 expectations not met')
      .and.to.include('1 of 2 tests')
      .and.to.include('1 thing left behind');
  });

  it('has the playbook of a technique, and beside what a detection answers its verdict on every variant', () => {
    const page = readMarkdown(renderMarkdown(fixtureRun())['techniques/T1583.003.md'] ?? '');
    const titles = [...page.matchAll(/<h3>(.*?)<\/h3>/g)].map(([, title]) => title);
    expect(titles).to.deep.equal(Object.values(playbookFields));
    expect(page).to.match(/to one public address\. <code>t1583\.003-sentinel-maintained<\/code>: .*fired \(vps\)/);
  });

  it('names every clause that keeps a rule from firing, at its line', () => {
    const page = readMarkdown(renderMarkdown(sampleRun)['techniques/T1583.003.md'] ?? '');
    expect(page).to.include('would fire without 2 clauses');
    expect(page).to.include(
      '<code>ConnectionCount &gt;= 20</code> at <code>detections/T1583.003/maintained.kql:5</code>',
    );
  });
});
