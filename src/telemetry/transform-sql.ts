import { assertNever } from '../model/assert-never.ts';
import { sqlName, sqlString } from './database.ts';
import type { Transform } from './profile.ts';

/** Rows of one variant are alike, or of the background: a variant judged alone must not lack what another's rows stood for. */
const partition = (by: readonly string[]): string =>
  [...by.map(sqlName), '"tocsin.variant"', '"tocsin.background"'].join(', ');

const inOrder = '"tocsin.time", "tocsin.event"';

/** The rows that meet the condition, each with the number of its interval since the first that is like it. */
const counted = (rows: string, { where, by, hours }: Extract<Transform, { kind: 'first' | 'aggregate' }>): string => `
  SELECT *, (epoch_us("tocsin.time") - min(epoch_us("tocsin.time")) OVER (PARTITION BY ${partition(by)}))
    // ${String(Math.round(hours * 3_600_000_000))} AS "tocsin.interval"
  FROM (${rows}) WHERE ${where}`;

/** A table's rows as a transform of a sensor profile leaves them. */
export const applyTransform = (rows: string, transform: Transform): string => {
  switch (transform.kind) {
    case 'filter':
      return `SELECT * FROM (${rows}) WHERE ${transform.where}`;
    case 'first':
      return `SELECT * FROM (${rows}) WHERE (${transform.where}) IS NOT TRUE UNION ALL
        SELECT * EXCLUDE ("tocsin.interval") FROM (${counted(rows, transform)})
        QUALIFY row_number() OVER (PARTITION BY ${partition(transform.by)}, "tocsin.interval" ORDER BY ${inOrder}) = 1`;
    case 'aggregate':
      return `${rows} UNION ALL SELECT * EXCLUDE ("tocsin.interval", "tocsin.alike") REPLACE (
          ${sqlString(transform.action)} AS "ActionType",
          CAST(json_object('uniqueEventsAggregated', "tocsin.alike") AS VARCHAR) AS "AdditionalFields",
          report_id(concat("tocsin.event", ${sqlString(transform.action)})) AS "ReportId")
        FROM (SELECT *, count(*) OVER (PARTITION BY ${partition(transform.by)}, "tocsin.interval") AS "tocsin.alike"
          FROM (${counted(rows, transform)}))
        QUALIFY "tocsin.alike" > 1
          AND row_number() OVER (PARTITION BY ${partition(transform.by)}, "tocsin.interval" ORDER BY "tocsin.time" DESC, "tocsin.event" DESC) = 1`;
    default:
      return assertNever(transform);
  }
};
