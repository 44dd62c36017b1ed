import { expect } from 'chai';
import { openEngine, type QueryEngine } from '../../../src/api/index.ts';

interface Construct {
  readonly query: string;
  /** The clause that removed the last row, and where it stands; null where rows are left. */
  readonly killer: readonly [clause: string, place: string] | null;
  /** `operator or condition: rows` of every line of the funnel, tables apart. */
  readonly funnel: readonly string[];
  readonly near?: string;
}

/** Every construct, over three rows of T and U. */
const constructs: Readonly<Record<string, Construct>> = {
  'a join, with both its sides': {
    query: 'T | where k > 1 | join kind=inner (U | where k > 100) on k',
    killer: ['k > 100', '1:46'],
    funnel: ['where: 2', 'k > 1: 2', 'where: 0', 'k > 100: 0', 'join: 0'],
    near: 'k was 3',
  },
  'a join that keeps its left side': {
    query: 'T | join kind=leftouter (U | where k > 100) on k | where w == "q"',
    killer: ['k > 100', '1:36'],
    funnel: ['where: 0', 'k > 100: 0', 'join: 3', 'where: 0', 'w == "q": 0'],
  },
  'a join without partners': {
    query: 'T | join kind=leftanti U on k',
    killer: ['join kind=leftanti U on k', '1:5'],
    funnel: ['join: 0'],
  },
  lookup: {
    query: 'T | lookup kind=inner (U | where k > 100) on k',
    killer: ['k > 100', '1:34'],
    funnel: ['where: 0', 'k > 100: 0', 'lookup: 0'],
  },
  'the branches of a union': {
    query: 'union (T | where k > 1), (U | where k > 100) | where k > 50',
    killer: ['k > 50', '1:54'],
    funnel: ['where: 2', 'k > 1: 2', 'where: 0', 'k > 100: 0', 'union: 2', 'where: 0', 'k > 50: 0'],
    near: 'k was 3',
  },
  'mv-apply and its subquery': {
    query: 'T | mv-apply x = l to typeof(long) on (where x > 5)',
    killer: ['x > 5', '1:46'],
    funnel: ['where: 0', 'x > 5: 0', 'mv-apply: 0'],
    near: 'x was 3',
  },
  'mv-expand': {
    query: 'T | mv-expand l to typeof(long) | where l > 10',
    killer: ['l > 10', '1:41'],
    funnel: ['mv-expand: 3', 'where: 0', 'l > 10: 0'],
  },
  'make-series': {
    query:
      'T | make-series n = count() on t from datetime(2026-01-01) to datetime(2026-01-03) step 1d by b | where array_length(n) > 10',
    killer: ['array_length(n) > 10', '1:105'],
    funnel: ['make-series: 2', 'where: 0', 'array_length(n) > 10: 0'],
    near: 'array_length(n) was 2',
  },
  parse: {
    query: 'T | parse b with "x" rest | where rest == "nope"',
    killer: ['rest == "nope"', '1:35'],
    funnel: ['parse: 3', 'where: 0', 'rest == "nope": 0'],
  },
  'parse-where': {
    query: 'T | parse-where b with "zz" rest',
    killer: ['parse-where b with "zz" rest', '1:5'],
    funnel: ['parse-where: 0'],
  },
  'parse-kv': {
    query: 'T | parse-kv b as (a:string) with (pair_delimiter=";", kv_delimiter="=") | where a == "1"',
    killer: ['a == "1"', '1:82'],
    funnel: ['parse-kv: 3', 'where: 0', 'a == "1": 0'],
  },
  scan: {
    query: 'T | sort by k asc | scan with (step s1: k == 1; step s2: k > 100;) | where k > 100',
    killer: ['k > 100', '1:76'],
    funnel: ['sort: 3', 'scan: 1', 'where: 0', 'k > 100: 0'],
  },
  'what materialize keeps': {
    query: 'let m = materialize(T | where k > 1);\nm | join kind=inner (m | where k > 50) on k',
    killer: ['k > 50', '2:32'],
    funnel: ['where: 2', 'k > 1: 2', 'where: 0', 'k > 50: 0', 'join: 0'],
  },
  'a scalar of a table': {
    query: 'T | where k > toscalar(U | where k > 1 | summarize max(k))',
    killer: ['k > toscalar(U | where k > 1 | summarize max(k))', '1:11'],
    funnel: ['where: 2', 'k > 1: 2', 'summarize: 1', 'where: 0', 'k > toscalar(U | where k > 1 | summarize max(k)): 0'],
  },
  'a subquery of in': {
    query: 'T | where k in ((U | where k > 50 | project k))',
    killer: ['k > 50', '1:28'],
    funnel: ['where: 0', 'k > 50: 0', 'project: 0', 'where: 0', 'k in ((U | where k > 50 | project k)): 0'],
  },
  'top-nested': {
    query: 'T | top-nested 1 of b by sum(k) | where aggregated_b > 100',
    killer: ['aggregated_b > 100', '1:41'],
    funnel: ['top-nested: 1', 'where: 0', 'aggregated_b > 100: 0'],
  },
  search: {
    query: 'search in (T) "nope"',
    killer: ['"nope"', '1:15'],
    funnel: ['search: 0', '"nope": 0'],
  },
  'groups and their thresholds': {
    query: 'T | summarize n = count() by b | where n > 12',
    killer: ['n > 12', '1:40'],
    funnel: ['summarize: 2', 'where: 0', 'n > 12: 0'],
    near: 'n was 2',
  },
  distinct: {
    query: 'T | distinct b | where b == "q"',
    killer: ['b == "q"', '1:24'],
    funnel: ['distinct: 2', 'where: 0', 'b == "q": 0'],
  },
  'windows of rows': {
    query: 'T | sort by k asc | extend p = prev(k) | where p > 7',
    killer: ['p > 7', '1:48'],
    funnel: ['sort: 3', 'extend: 3', 'where: 0', 'p > 7: 0'],
  },
  'columns that depend on data': {
    query: 'T | evaluate bag_unpack(d) | where q > 100',
    killer: ['q > 100', '1:36'],
    funnel: ['evaluate: 3', 'where: 0', 'q > 100: 0'],
    near: 'q was 2',
  },
  'a property of a dynamic column': {
    query: 'T | where d.q == 9 and b has "x"',
    killer: ['d.q == 9', '1:11'],
    funnel: ['where: 0', 'd.q == 9: 0', 'b has "x": 0'],
    near: 'd.q was ',
  },
  'a function that invoke calls': {
    query: 'let g = (X:(k:long)) { X | where k > 100 };\nT | invoke g()',
    killer: ['k > 100', '1:34'],
    funnel: ['where called at 2:12: 0', 'k > 100 called at 2:12: 0'],
  },
  'a function of the query, at each of its calls': {
    query: 'let f = (n:long) { T | where k > n };\nunion (f(1)), (f(200))',
    killer: null,
    funnel: [
      'where called at 2:8: 2',
      'k > n called at 2:8: 2',
      'where called at 2:16: 0',
      'k > n called at 2:16: 0',
      'union: 2',
    ],
  },
  'a function of the workspace, at its call': {
    query: 'print 1 | take 0 | project k = 5\n| union Saved(100)',
    killer: ['k > n', '2:9'],
    funnel: ['print: 1', 'take: 0', 'project: 0', 'where: 0', 'k > n: 0', 'union: 0'],
    near: 'k was 3, the rule asks for > n (100)',
  },
  'rows that stand in the query': {
    query: 'datatable(a:long)[1, 2] | where a > 5',
    killer: ['a > 5', '1:33'],
    funnel: ['datatable: 2', 'where: 0', 'a > 5: 0'],
  },
  'what as names': {
    query: 'T | where k > 1 | as M | where k > 100',
    killer: ['k > 100', '1:32'],
    funnel: ['where: 2', 'k > 1: 2', 'where: 0', 'k > 100: 0'],
  },
};

describe('explain shows where the rows went in', () => {
  let engine: QueryEngine;

  before(async function () {
    this.timeout(60_000);
    engine = await openEngine({
      schemas: 'none',
      environment: { functions: [{ text: 'let Saved = (n:long) { T | where k > n };' }] },
    });
    await engine.load('T', [
      { k: 1, b: 'x', l: [1, 2], d: { q: 1 }, t: '2026-01-01T00:00:00Z' },
      { k: 2, b: 'y', l: [3], d: { q: 2 }, t: '2026-01-02T00:00:00Z' },
      { k: 3, b: 'x', l: [], d: {}, t: '2026-01-02T00:00:00Z' },
    ]);
    await engine.load('U', [
      { k: 1, w: 'p' },
      { k: 2, w: 'q' },
      { k: 3, w: 'q' },
    ]);
  });

  after(() => engine[Symbol.asyncDispose]());

  for (const [name, { query, killer, funnel, near }] of Object.entries(constructs)) {
    it(name, async () => {
      const explained = await engine.explain('kql', query);
      if (!explained.ok) throw new Error(explained.diagnostics.map(({ message }) => message).join('\n'));
      const { reason } = explained;
      const lines = explained.funnel
        .filter(({ stage }) => stage !== 'table')
        .map(({ kind, stage, clause, calledAt, rows }) => {
          const call = calledAt === undefined ? '' : ` called at ${calledAt.line}:${calledAt.column}`;
          return `${kind === 'stage' ? stage : clause}${call}: ${rows}`;
        });
      expect(lines).to.deep.equal(funnel);
      expect(reason === null ? null : [reason.clause, `${reason.place?.line}:${reason.place?.column}`]).to.deep.equal(
        killer,
      );
      if (near !== undefined) expect(reason?.summary).to.include(near);
      expect(explained.sql).to.include('WITH ');
      expect(explained.plan.stages).not.to.deep.equal([]);
    });
  }
});
