import type { LogEvent, LogSource, LogValue } from '../../../model/log-event.ts';
import type { LogSourceSpec } from '../rule/rule.ts';
import { categoriesOf, fieldNamesOf, servicesOf } from './windows.ts';

/** What a source is in Sigma's words. */
export interface SourceWords {
  readonly product: string | null;
  readonly categories: ReadonlySet<string>;
  readonly services: ReadonlySet<string>;
}

export const wordsOf = (source: LogSource): SourceWords => ({
  product: source.product?.toLowerCase() ?? null,
  categories: new Set([...categoriesOf(source), ...(source.category === null ? [] : [source.category.toLowerCase()])]),
  services: new Set([...servicesOf(source), ...(source.service === null ? [] : [source.service.toLowerCase()])]),
});

/** Whether a rule is for a source: everything that it names has to be known of the source. */
export const applies = ({ product, category, service }: LogSourceSpec, words: SourceWords): boolean =>
  (product === null || product === words.product) &&
  (category === null || words.categories.has(category)) &&
  (service === null || words.services.has(service));

/** The names that a rule's fields have in records of a source; null when they are its own. */
export const fieldNames = (spec: LogSourceSpec, source: LogSource): ReadonlyMap<string, string> | null =>
  spec.category === null ? null : fieldNamesOf(source);

/** An event under the names that a rule uses. */
export const viewFor = (spec: LogSourceSpec, event: LogEvent): Pick<LogEvent, 'fields'> => {
  const names = fieldNames(spec, event.source);
  if (names === null) return event;
  const fields: Record<string, LogValue> = { ...event.fields };
  for (const [name, own] of names) {
    const value = Object.hasOwn(event.fields, own) ? event.fields[own] : undefined;
    if (value === undefined) delete fields[name];
    else fields[name] = value;
  }
  return { fields };
};
