import { expect } from 'chai';
import fc from 'fast-check';
import { jsonIsland } from '../../../src/report/html/json-island.ts';
import { renderHtml } from '../../../src/report/html/render-html.ts';
import { dataPlaceholder } from '../../../src/report/html/template.ts';
import { runFixture } from './run-fixture.ts';

const template = `<p><script type="application/json" id="tocsin-run">${dataPlaceholder}</script>`;

describe('renderHtml', () => {
  it('puts the run into the template, so that it can be read back', () => {
    const run = runFixture();
    const html = renderHtml(run, template);
    const data = html.slice(html.indexOf('">') + 2, html.indexOf('</script>'));
    expect(JSON.parse(data)).to.deep.equal(run);
  });

  it('leaves what looks like a replacement pattern as it is', () => {
    const run = { ...runFixture(), runId: "$& $1 $` $'" };
    expect(renderHtml(run, template)).to.include(JSON.stringify(run.runId));
  });

  it('is not misled by a placeholder inside the data', () => {
    const run = { ...runFixture(), runId: dataPlaceholder };
    expect(renderHtml(run, template)).to.include(`"runId":"${dataPlaceholder}"`);
  });

  it('refuses a template without its placeholder, or with two', () => {
    expect(() => renderHtml(runFixture(), '<p>')).to.throw('placeholder once, not 0');
    expect(() => renderHtml(runFixture(), template + template)).to.throw('placeholder once, not 2');
  });
});

describe('jsonIsland', () => {
  it('holds nothing that ends a script element or opens a comment, and reads back as it was', () => {
    const hostile = fc.constantFrom('</script>', '<!--', '<script', ']]>', '\u2028', '\u2029', '&lt;');
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string({ unit: 'binary' }), hostile)), (texts) => {
        const island = jsonIsland(texts);
        expect(island).not.to.match(/[<\u2028\u2029]/);
        expect(JSON.parse(island)).to.deep.equal(texts);
      }),
    );
  });

  it('writes an integer that JSON cannot hold as its digits', () => {
    expect(jsonIsland({ value: 9007199254740993n })).to.equal('{"value":"9007199254740993"}');
  });
});
