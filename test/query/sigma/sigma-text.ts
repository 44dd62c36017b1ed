import type { LogEvent, LogSource, LogValue } from '../../../src/model/log-event.ts';
import type { SigmaRule } from '../../../src/query/sigma/rule/rule.ts';
import { loadSigma, type LoadSigmaOptions } from '../../../src/query/sigma/collection/load-sigma.ts';

export const anySource: LogSource = {
  product: 'windows',
  service: null,
  category: null,
  channel: null,
  provider: null,
  eventId: null,
};

let records = 0;

export const eventOf = (fields: Readonly<Record<string, LogValue>>, source: LogSource = anySource): LogEvent => ({
  source,
  time: null,
  fields,
  origin: { file: 'test', record: ++records },
});

/** The one rule of a detection, as an author would write it; JSON is YAML too. */
export const ruleOf = (detection: object, more: object = {}, options: LoadSigmaOptions = {}): SigmaRule => {
  const text = JSON.stringify({ title: 'Test', logsource: { product: 'windows' }, detection, ...more });
  const { rules, diagnostics } = loadSigma([{ file: 'rule.yml', text }], options);
  const [rule] = rules;
  if (rule === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return rule;
};
