import type { Column, Expr } from '../../plan/expr.ts';
import type { Span } from '../../plan/span.ts';
import { fieldName } from '../syntax/token-text.ts';
import { parseSumo } from '../syntax/parse-sumo.ts';
import { extended, findColumn, reference, type Flow } from './flow.ts';
import { call, literal } from './plan-expr.ts';
import { planField } from './plan-field.ts';
import type { Planning } from './planning.ts';

interface Compose {
  readonly fields: readonly string[];
  readonly keywords: boolean;
}

const composePattern = /\|\s*compose\s+([\s\S]*?)\s*$/i;

const readCompose = (text: string): Compose | null => {
  const given = composePattern.exec(text)?.[1];
  if (given === undefined) return null;
  const keywords = /(?:^|\s)keywords(?:\s|$)/i.test(given);
  const fields = given
    .replaceAll(/\s(?:keywords|maxresults\s*=?\s*\d+)(?=\s|$)/gi, ' ')
    .split(',')
    .map((field) => fieldName(field.trim()))
    .filter((field) => field !== '');
  return fields.length === 0 ? null : { fields, keywords };
};

/** Several values as one, so that rows can be compared as a whole. */
const together = (parts: readonly Expr[], span: Span): Expr => {
  const texts = parts.map((part) => call('sumo:text', [part], 'string', span));
  const [only] = texts;
  if (texts.length === 1 && only !== undefined) return only;
  const divider = literal('string', '\u0001', span);
  return call(
    'sumo:concat',
    texts.flatMap((text, index) => (index === 0 ? [text] : [divider, text])),
    'string',
    span,
  );
};

/**
 * `[subquery: … | compose a, b]`: whether a row agrees, in all of these fields, with one that the inner query gives; with `keywords`,
 * whether the message holds one of the values as a word.
 */
export const planSubquery = (
  planning: Planning,
  { text, span }: { readonly text: string; readonly span: Span },
  flow: Flow,
  place: 'scope' | 'expression',
): Expr => {
  const refused = literal('bool', false, span);
  const head = /^\[\s*subquery\s*([^:"]*):/i.exec(text);
  const compose = readCompose(text.slice(0, -1));
  if (head === null || compose === null) {
    planning.invalid(span, 'A subquery ends with the fields that it gives.', 'Write `[subquery: … | compose field]`.');
    return refused;
  }
  if ((head[1] ?? '').trim() !== '') {
    planning.unsupported(span, 'a subquery with a time range of its own');
    return refused;
  }
  const body = text.slice(head[0].length, -1).replace(composePattern, '');
  const { query, problems } = parseSumo(body, span.start + head[0].length);
  for (const problem of problems) planning.report(problem);
  if (problems.length > 0) return refused;
  const before = planning.pending;
  const inner = planning.pipeline(query);
  if (planning.pending !== before) {
    planning.unsupported(span, 'columns that only the data knows in a subquery');
    return refused;
  }
  const given = together(
    compose.fields.map((field) => planField(planning, field, span, inner)),
    span,
  );
  const column: Column = planning.column('', 'string');
  const fold = (expr: Expr): Expr => (place === 'scope' ? call('sumo:lower', [expr], 'string', span) : expr);
  const { stage } = extended(planning, inner, [{ column, expr: fold(given) }], null);
  const among = (fn: string, value: Expr): Expr => ({
    kind: 'in-table',
    fn,
    value,
    stage: stage.id,
    column,
    type: 'bool',
    span,
  });
  if (!compose.keywords) {
    const own = compose.fields.map((field) => planField(planning, field, span, flow));
    return among('in', fold(together(own, span)));
  }
  const raw = findColumn(flow.stage.output, '_raw', planning.dialect);
  if (place === 'expression' || compose.fields.length > 1 || raw === undefined) {
    planning.unsupported(span, 'compose … keywords here');
    return refused;
  }
  return among('sumo:has-any', call('sumo:lower', [reference(raw, span)], 'string', span));
};
