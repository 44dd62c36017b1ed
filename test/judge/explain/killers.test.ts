import { expect } from 'chai';
import { killersOf, type CountedClause } from '../../../src/judge/explain/killers.ts';
import { describeBlocker } from '../../../src/judge/explain/summary.ts';

const counted = (id: string, rowsIn: number, rows: number): CountedClause => ({
  clause: {
    id,
    kind: id.includes('/') ? 'conjunct' : 'stage',
    stage: 'where',
    clause: id,
    place: { file: 'q.kql', line: 1, column: 1 },
    reads: [],
    relaxable: true,
  },
  count: { id, rowsIn, rows },
});

describe('the clauses that remove the last row', () => {
  it('are conditions rather than the stage they stand in', () => {
    const list = [
      counted('s1', 9, 9),
      counted('s2', 9, 0),
      counted('s2/1', 9, 4),
      counted('s2/2', 4, 0),
      counted('s3', 0, 0),
    ];
    expect(killersOf(list).map(({ clause }) => clause.id)).to.deep.equal(['s2/2']);
  });

  it('are stages where there is no condition', () => {
    expect(killersOf([counted('s1', 5, 5), counted('s2', 5, 0)]).map(({ clause }) => clause.id)).to.deep.equal(['s2']);
  });
});

describe('the sentence about a blocker', () => {
  it('names what was there instead', () => {
    const near = [
      { column: 'ActionType', wanted: '== "ConnectionSuccess"', got: '"ConnectionFailed"', rows: 14 },
      { column: 'ActionType', wanted: '== "ConnectionSuccess"', got: '"ConnectionRequest"', rows: 1 },
    ];
    expect(describeBlocker(15, 0, near)).to.equal(
      '15 rows in, 0 out; ActionType was "ConnectionFailed" (14 rows), "ConnectionRequest" (1 row)',
    );
  });

  it('says what a number had to be', () => {
    const near = [{ column: 'ConnectionCount', wanted: '>= 12', got: '5', rows: 1 }];
    expect(describeBlocker(1, 0, near)).to.equal('1 row in, 0 out; ConnectionCount was 5, the rule asks for >= 12');
  });

  it('stays short', () => {
    const near = Array.from({ length: 9 }, (_, index) => ({ column: 'C', wanted: '== 1', got: `${index}`, rows: 1 }));
    expect(describeBlocker(9, 0, near)).to.equal('9 rows in, 0 out; C was 0 (1 row), 1 (1 row), 2 (1 row), +6');
    expect(describeBlocker(9, 0, [])).to.equal('9 rows in, 0 out');
  });
});
