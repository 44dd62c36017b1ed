import { expect } from 'chai';
import fc from 'fast-check';
import { matchRow } from '../../../../src/report/html/app/filter/match-row.ts';
import { formatTerm, parseFilter } from '../../../../src/report/html/app/filter/parse-filter.ts';
import { rowsOf } from '../../../../src/report/html/app/filter/row.ts';
import { filterRows, rowsForChips, toggleStatus } from '../../../../src/report/html/app/filter/status-filter.ts';
import { runFixture } from '../run-fixture.ts';

const rows = rowsOf(runFixture());

/** `variant:verdict` of what a query finds, in order. */
const found = (query: string): string[] =>
  filterRows(rows, query).map(({ result, detection }) => `${result.variant}:${detection?.verdict}`);

describe('the search grammar', () => {
  it('finds by verdict, as a whole word', () => {
    expect(found('s:missed')).to.deep.equal(['as-documented:missed', 'keep-alive:missed', 'no-listener:missed']);
    expect(found('s:miss')).to.deep.equal([]);
  });

  it('takes several verdicts as alternatives and everything else together', () => {
    expect(found('s:missed s:fired v:vps')).to.deep.equal(['vps:fired']);
    expect(found('s:missed s:fired')).to.have.length(4);
  });

  it('finds by signal verdict, detection, technique, host and mark', () => {
    expect(found('s:absent d:maintained')).to.deep.equal(['keep-alive:missed']);
    expect(found('d:published')).to.have.length(4);
    expect(found('t:T1583')).to.have.length(8);
    expect(found('t:T1059')).to.have.length(0);
    expect(found('h:vps-1 d:maintained')).to.deep.equal(['vps:fired']);
    expect(found('m:declared-zone')).to.deep.equal(['vps:fired']);
  });

  it('excludes what is negated', () => {
    expect(found('!s:broken !v:vps')).to.deep.equal([
      'as-documented:missed',
      'keep-alive:missed',
      'no-listener:missed',
    ]);
  });

  it('finds plain words anywhere, in any case, two words when they are quoted', () => {
    expect(found('LOOPBACK')).to.deep.equal(['as-documented:missed', 'keep-alive:missed']);
    expect(found('"15 rows in" loopback')).to.deep.equal(['as-documented:missed']);
    expect(found('"rows 15"')).to.deep.equal([]);
  });

  it('takes an unknown prefix for text', () => {
    expect(parseFilter('https://x q:y')).to.deep.equal([
      { field: 'any', text: 'https://x', negated: false },
      { field: 'any', text: 'q:y', negated: false },
    ]);
  });

  it('shows every row for an empty query, and fails on none', () => {
    expect(found('')).to.have.length(8);
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (query) => filterRows(rows, query).length <= rows.length));
  });

  it('writes terms as it reads them', () => {
    const term = fc.record({
      field: fc.constantFrom('s', 'd', 't', 'v', 'h', 'm'),
      text: fc.stringMatching(/^[a-z0-9.-]+( [a-z0-9.-]+)?$/),
      negated: fc.boolean(),
    } as const);
    fc.assert(
      fc.property(fc.array(term), (terms) => {
        expect(parseFilter(terms.map(formatTerm).join(' '))).to.deep.equal(terms);
      }),
    );
  });

  it('negation splits the rows in two', () => {
    const word = fc.constantFrom('s:missed', 'd:kql', 'v:vps', 'loopback', 'm:declared-zone', 'nothing');
    fc.assert(
      fc.property(word, (query) => {
        const [term] = parseFilter(query);
        if (term === undefined) throw new Error('no term');
        const split = rows.map((row) => [matchRow(row, [term]), matchRow(row, [{ ...term, negated: true }])]);
        expect(split.every(([one, other]) => one !== other)).to.equal(true);
      }),
    );
  });
});

describe('a status chip', () => {
  it('adds its verdict to the query, and takes it out again', () => {
    expect(toggleStatus('d:kql', 'missed')).to.equal('d:kql s:missed');
    expect(toggleStatus('d:kql s:missed', 'missed')).to.equal('d:kql');
  });

  it('counts what passes the other terms', () => {
    expect(rowsForChips(rows, 's:missed v:vps')).to.have.length(2);
  });
});
