import type { ProductTable } from '../../telemetry/hub.ts';
import { needsValue, type Condition } from './condition.ts';

/** Why no row could ever match, with the table or column that no sensor fills; null when one could. */
export const whyUnobservable = (table: ProductTable, conditions: readonly Condition[]): string | null => {
  if (table.unfed !== null) return `${table.info.name} is fed by no sensor: ${table.unfed}`;
  for (const condition of conditions) {
    const reason = table.alwaysNull.get(condition.column.name);
    if (reason !== undefined && needsValue(condition)) {
      return `${table.info.name}.${condition.column.name} is filled by no sensor: ${reason}`;
    }
  }
  return null;
};
