import type { Path } from '../../../util/yaml/locate.ts';
import type { CloudSiemKind } from './schema.ts';

/** A rule in a file that may hold several. */
export interface FoundRule {
  readonly kind: CloudSiemKind;
  /** Of the rule's own mapping. */
  readonly path: Path;
  /** What Terraform calls it; null where nobody does. */
  readonly name: string | null;
}

type Mapping = Readonly<Record<string, unknown>>;

const isMapping = (value: unknown): value is Mapping =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const resources: Readonly<Record<string, CloudSiemKind>> = {
  sumologic_cse_match_rule: 'match',
  sumologic_cse_threshold_rule: 'threshold',
  sumologic_cse_aggregation_rule: 'aggregation',
  sumologic_cse_chain_rule: 'chain',
  sumologic_cse_first_seen_rule: 'first-seen',
  sumologic_cse_outlier_rule: 'outlier',
};

/** Every Cloud SIEM rule of a document: its fields alone, a list of them, the API's envelope, or Terraform's `resource`. */
export const findRules = (value: unknown, path: Path = []): readonly FoundRule[] => {
  if (Array.isArray(value)) return value.flatMap((item, index) => findRules(item, [...path, index]));
  if (!isMapping(value)) return [];
  if ('resource' in value) return inTerraform(value['resource'], [...path, 'resource']);
  const kind = kindOf(value);
  if (kind !== null) return [{ kind, path, name: null }];
  // The body that the API takes, and the one it gives.
  return ['fields', 'data'].flatMap((key) => (isMapping(value[key]) ? findRules(value[key], [...path, key]) : []));
};

const inTerraform = (value: unknown, path: Path): readonly FoundRule[] => {
  if (Array.isArray(value)) return value.flatMap((item, index) => inTerraform(item, [...path, index]));
  if (!isMapping(value)) return [];
  return Object.entries(resources).flatMap(([resource, kind]) => {
    const named = value[resource];
    if (!isMapping(named)) return [];
    // A block is a mapping, or a list of one.
    return Object.entries(named).map(([name, block]) => {
      const below = [...path, resource, name];
      return { kind, name, path: Array.isArray(block) ? [...below, 0] : below };
    });
  });
};

/** By what only that kind has, in snake case or camel case. */
const kindOf = (value: Mapping): CloudSiemKind | null => {
  const has = (name: string): boolean => name in value || camelCase(name) in value;
  if (!has('entity_selectors') && !has('index_key')) return null;
  if (has('deviation_threshold')) return 'outlier';
  if (has('value_fields') || has('baseline_type')) return 'first-seen';
  if (has('expressions_and_limits')) return 'chain';
  if (has('trigger_expression') || has('aggregation_functions')) return 'aggregation';
  if (has('limit') || has('count_field')) return 'threshold';
  return has('expression') ? 'match' : null;
};

export const camelCase = (name: string): string =>
  name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

export const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
