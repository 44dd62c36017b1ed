import type { QueriedRule } from '../../../query/engine.ts';
import { readField } from '../../../query/sigma/interpret/read-field.ts';
import type { RuleHit } from '../../../query/sigma/correlate/correlate.ts';
import type { Correlation } from '../../../query/sigma/correlate/correlation.ts';
import { plural } from '../../../util/plural.ts';
import type { Subject } from '../subject.ts';
import type { Part } from './part.ts';

interface Hits {
  /** The rule as the correlation names it, and as people do. */
  readonly written: string;
  readonly name: string;
  readonly of: Correlation;
  readonly hits: readonly RuleHit[];
}

/** Why a rule's hits do not count: a field that the correlation groups by or looks at, and that no hit has. */
export const whyUnplaced = (
  { hub, given = new Map<string, never>() }: Subject,
  { planned }: QueriedRule,
  { written, name, of, hits }: Hits,
): Part => {
  const fields = [...of.groupBy, ...of.valueFields].map((field) => of.aliases.get(field)?.get(written) ?? field);
  const empty = fields.find((field) => hits.every(({ event }) => readField(event.fields, field) === undefined));
  if (empty === undefined || planned === null) return { summary: null, reason: null, blind: null };
  const { info, mapping } = planned.table;
  const column = mapping.columns?.[empty] ?? empty;
  const unfilled = given.has(info.name) ? undefined : hub.tables.get(info.name)?.alwaysNull.get(column);
  const absent = !info.columns.some((one) => one.name === column);
  const blind = absent
    ? `${info.name} has no column for the field "${empty}"`
    : unfilled === undefined
      ? null
      : `${info.name}.${column} is filled by no sensor: ${unfilled}`;
  const summary = `${plural(hits.length, 'hit')} of ${name}, none with a value of ${empty}`;
  return { summary, reason: null, blind };
};
