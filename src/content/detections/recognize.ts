import { posix } from 'node:path';
import { suggest } from '../../util/suggest.ts';
import { findRules } from './cloud-siem/find-rules.ts';
import { queryLanguages } from './query-language.ts';

/** What a document of YAML or JSON is, told by what it says. */
export type DocumentKind =
  | 'index'
  | 'sigma-rule'
  | 'sigma-correlation'
  | 'sigma-filter'
  | 'scheduled-rule'
  | 'nrt-rule'
  | 'hunting-query'
  | 'cloud-siem';

export interface Unrecognized {
  readonly reason: string;
  readonly hint: string;
}

type Mapping = Readonly<Record<string, unknown>>;

const isMapping = (value: unknown): value is Mapping =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const recognizeDocument = (file: string, value: unknown): DocumentKind | Unrecognized => {
  if (findRules(value).length > 0) return 'cloud-siem';
  if (!isMapping(value)) return { reason: `it holds ${Array.isArray(value) ? 'a list' : 'no mapping'}`, hint: kinds };
  if (posix.basename(file) === 'index.yaml' && !('query' in value || 'detection' in value)) return 'index';
  if ('correlation' in value) return 'sigma-correlation';
  if ('filter' in value && 'logsource' in value) return 'sigma-filter';
  if ('logsource' in value || isMapping(value['detection'])) return 'sigma-rule';
  if (value['kind'] === 'NRT') return 'nrt-rule';
  if (['queryFrequency', 'queryPeriod', 'triggerOperator', 'triggerThreshold'].some((key) => key in value))
    return 'scheduled-rule';
  if ('query' in value) return value['kind'] === 'Scheduled' ? 'scheduled-rule' : 'hunting-query';
  return isTemplate(value) ? template : unknown(value);
};

const kinds =
  'a Sigma rule has logsource and detection, a Sentinel rule query and queryFrequency, a hunting query name and query, ' +
  'a Cloud SIEM rule entity_selectors and expression';

const isTemplate = (value: Mapping): boolean => 'resources' in value && '$schema' in value;

const template: Unrecognized = {
  reason: 'it is a template of Azure Resource Manager',
  hint: 'write the rule as YAML, as the Azure-Sentinel repository does: id, name, severity, query, queryFrequency …',
};

const telling = ['logsource', 'detection', 'query', 'queryFrequency', 'correlation', 'entity_selectors', 'resource'];

const unknown = (value: Mapping): Unrecognized => {
  const keys = Object.keys(value);
  const typo = keys.map((key) => ({ key, meant: suggest(key, telling) })).find(({ meant }) => meant !== null);
  return {
    reason:
      keys.length === 0 ? 'it is empty' : `its keys are ${keys.slice(0, 6).join(', ')}${keys.length > 6 ? ' …' : ''}`,
    hint: typo === undefined ? kinds : `did you mean "${typo.meant}" where it says "${typo.key}"?`,
  };
};

const documents = new Set(['.yaml', '.yml', '.json']);
const texts = new Set(['.txt', '.query', ...Object.keys(queryLanguages)]);
const refused = new Set(['.tf']);

export const isDocument = (file: string): boolean => documents.has(posix.extname(file).toLowerCase());

export const isQueryText = (file: string): boolean => texts.has(posix.extname(file).toLowerCase());

/** Files that may hold a detection; others are not opened. */
export const mayHoldDetections = (file: string): boolean =>
  isDocument(file) || isQueryText(file) || refused.has(posix.extname(file).toLowerCase());
