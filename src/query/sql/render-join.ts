import type { JoinFlavor, JoinStage } from '../plan/stage.ts';
import type { SqlContext } from './function-table.ts';
import { comparable } from './functions/comparison.ts';
import { functionOf } from './functions/index.ts';
import { renderCondition, toArg } from './render-expr.ts';

const keywords: Readonly<Record<JoinFlavor, string>> = {
  innerunique: 'INNER JOIN',
  inner: 'INNER JOIN',
  leftouter: 'LEFT JOIN',
  rightouter: 'RIGHT JOIN',
  fullouter: 'FULL JOIN',
  leftanti: 'ANTI JOIN',
  rightanti: 'ANTI JOIN',
  leftsemi: 'SEMI JOIN',
  rightsemi: 'SEMI JOIN',
};

const sideContext = (context: SqlContext, alias: string): SqlContext => ({
  ...context,
  column: (id) => `${alias}.${id}`,
});

/** The side that a missing partner leaves empty. */
const mayBeMissing = (flavor: JoinFlavor, side: 'left' | 'right'): boolean =>
  flavor === 'fullouter' || flavor === (side === 'left' ? 'rightouter' : 'leftouter');

const renderTest = ({ fn, left, right }: NonNullable<JoinStage['test']>, context: SqlContext): string => {
  const known = functionOf(fn);
  if (known === undefined) throw new Error(`no SQL is known for the function ${fn}`);
  const args = [toArg(left, sideContext(context, 'l')), toArg(right, sideContext(context, 'r'))];
  return known.render(args, { kind: 'call', fn, args: [left, right], type: 'bool', span: left.span }, context);
};

export const renderJoin = (stage: JoinStage, context: SqlContext, needed: ReadonlySet<string>): string => {
  const { flavor } = stage;
  const keys = stage.on.map(({ left, right }) => {
    const [a, b] = comparable(toArg(left, sideContext(context, 'l')), toArg(right, sideContext(context, 'r')), context);
    // A null key finds a null key.
    return { left: a.sql, right: b.sql, nullable: a.nullable && b.nullable };
  });
  const conditions = keys.map(
    ({ left, right, nullable }) => `${left} ${nullable ? 'IS NOT DISTINCT FROM' : '='} ${right}`,
  );
  const test = stage.test === undefined ? [] : [renderTest(stage.test, context)];
  const condition = [...conditions, ...test].join(' AND ') || 'TRUE';
  const columns = stage.columns
    .filter(({ id }) => needed.has(id))
    .map(({ id, side, from }) => {
      const column = `${side === 'left' ? 'l' : 'r'}.${from}`;
      const isText = stage.output.find((output) => output.id === id)?.type === 'string';
      // There are no null texts: where the other side has no partner, its texts are empty.
      return `${isText && stage.nullText !== true && mayBeMissing(flavor, side) ? `coalesce(${column}, '')` : column} AS ${id}`;
    });
  const select = `SELECT ${columns.join(', ') || '1 AS nothing'}`;
  const reversed = flavor === 'rightanti' || flavor === 'rightsemi';
  const tests = (stage.leftTests ?? []).map((test) => renderCondition(test, sideContext(context, 'l'))).join(' AND ');
  // One row of the left side for each key.
  const left =
    flavor === 'innerunique'
      ? `(SELECT * FROM ${stage.left} AS l${tests === '' ? '' : ` WHERE ${tests}`} QUALIFY row_number() OVER (PARTITION BY ${keys.map((key) => key.left).join(', ')}) = 1) AS l`
      : `${stage.left} AS l`;
  const [first, second] = reversed ? [`${stage.right} AS r`, left] : [left, `${stage.right} AS r`];
  return `${select} FROM ${first} ${keywords[flavor]} ${second} ON ${condition}`;
};
