import { expect } from 'chai';
import { parse as parseYaml } from 'yaml';
import type { CloudSiemRule } from '../../../src/model/cloud-siem-rule.ts';
import { parseGood, parseText } from './parse-text.ts';

const match = `name: Certutil downloads
description: A download by certutil
enabled: true
expression: |
  objectType = "Endpoint"
  AND baseImage LIKE "%certutil.exe"
entity_selectors:
  - entity_type: _hostname
    expression: device_hostname
severity_mapping:
  type: constant
  default: 7
tags:
  - "_mitreAttackTactic:TA0011"
  - "_mitreAttackTechnique:T1105"
`;

const entities = `entity_selectors: [{ entity_type: _ip, expression: srcDevice_ip }]\nseverity: 3\n`;

/** A rule of each kind, with what makes it one. */
const kinds: Readonly<Record<CloudSiemRule['kind'], string>> = {
  match: `expression: 'objectType = "Network"'\n`,
  threshold: `expression: success = false\nlimit: 5\nwindow_size: T30M\ncount_distinct: true\ncount_field: user_username\ngroup_by_fields: [dstDevice_ip]\n`,
  aggregation: `match_expression: success = false\naggregation_functions:\n  - { name: users, function: count_distinct, arguments: [user_username] }\ntrigger_expression: users > 5\nwindow_size: T24H\ngroup_by_entity: true\n`,
  chain: `expressions_and_limits:\n  - { expression: success = false, limit: 5 }\n  - { expression: success = true, limit: 1 }\nordered: true\nwindow_size: CUSTOM\nwindow_size_millis: "10800000"\n`,
  'first-seen': `filter_expression: objectType="Network"\nvalue_fields: [dstDevice_hostname]\nbaseline_type: PER_ENTITY\nbaseline_window_size: "35000"\nretention_window_size: "86400000"\n`,
  outlier: `match_expression: success=false\naggregation_functions:\n  - { name: total, function: count, arguments: ["true"] }\ndeviation_threshold: 3\nfloor_value: 0\nbaseline_window_size: "1209600000"\nretention_window_size: "7776000000"\nwindow_size: T24H\n`,
};

describe('a Cloud SIEM rule', () => {
  it('has its techniques in tags, its severity in ten steps, and expressions with their places', () => {
    const detection = parseGood('detections/T1105/published/certutil.yaml', match);
    expect(detection).to.deep.include({
      title: 'Certutil downloads',
      language: 'cloud-siem',
      platform: 'sumo',
      severity: 'high',
      techniques: ['T1105'],
      origin: 'published',
    });
    const { rule } = detection;
    if (rule?.kind !== 'match') return expect.fail(String(rule?.kind));
    expect(rule.expression.text.split('\n')[1]).to.equal('AND baseImage LIKE "%certutil.exe"');
    expect(rule.expression.origin).to.deep.equal({
      file: 'detections/T1105/published/certutil.yaml',
      line: 5,
      column: 3,
      indent: 2,
    });
    expect(rule.entitySelectors[0]?.expression).to.deep.include({ text: 'device_hostname' });
  });

  for (const [kind, text] of Object.entries(kinds)) {
    it(`of kind ${kind} is known by what only that kind has`, () => {
      expect(parseGood('rule.yaml', `name: A rule\n${entities}${text}`).rule?.kind).to.equal(kind);
    });

    it(`of kind ${kind} reads the same with the API's names, in JSON, and as Terraform's JSON`, () => {
      const yaml = parseGood('rule.yaml', `name: A rule\n${entities}${text}`);
      const fields = fieldsOf(`name: A rule\n${entities}${text}`);
      const inJson = parseGood('rule.json', JSON.stringify({ fields: camelCased(fields) }));
      const resource = { [`sumologic_cse_${kind.replace('-', '_')}_rule`]: { a_rule: fields } };
      const inTerraform = parseGood('main.tf.json', JSON.stringify({ resource }, null, 2));
      expect(withoutPlaces(inJson.rule)).to.deep.equal(withoutPlaces(yaml.rule));
      expect(withoutPlaces(inTerraform.rule)).to.deep.equal(withoutPlaces(yaml.rule));
      expect(inTerraform.id).to.equal('a_rule');
      expect([inJson.hash, inTerraform.hash]).to.deep.equal([yaml.hash, yaml.hash]);
    });
  }

  it('may stand in a list of rules, each under its key', () => {
    const item = (key: string) =>
      `- index_key: ${key}\n  name: ${key}\n  expression: a = 1\n  limit: 2\n  window_size: T05M\n  entity_selectors: [{ entity_type: _ip, expression: a }]\n`;
    const { detections, diagnostics } = parseText('threshold.yml', `${item('one')}${item('two')}`);
    expect(diagnostics).to.deep.equal([]);
    expect(detections.map(({ id, rule }) => [id, rule?.kind])).to.deep.equal([
      ['one', 'threshold'],
      ['two', 'threshold'],
    ]);
  });

  it('is told of problems in the names of its own file', () => {
    const text = JSON.stringify(
      {
        name: 'A',
        expression: 'a = 1',
        limit: 0,
        windowSiz: 'T30M',
        entitySelectors: [{ entityType: '_ip', expression: 'a' }],
      },
      null,
      2,
    );
    const { detections, diagnostics } = parseText('rule.json', text);
    expect(detections).to.deep.equal([]);
    expect(diagnostics.map(({ code, hint, place }) => [code, place?.line, hint ?? null])).to.deep.equal([
      ['schema/too-small', 4, null],
      ['schema/unknown-key', 5, 'did you mean "windowSize"?'],
    ]);
  });

  it('that only has a key more than we know loads with a warning', () => {
    const { detections, diagnostics } = parseText('rule.yaml', `${match}content_type: RULE\n`);
    expect(detections).to.have.length(1);
    expect(diagnostics.map(({ code, severity }) => [code, severity])).to.deep.equal([
      ['schema/unknown-key', 'warning'],
    ]);
  });
});

const fieldsOf = (text: string): Record<string, unknown> => parseYaml(text) as Record<string, unknown>;

const camelCased = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(camelCased);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      camelCased(item),
    ]),
  );
};

const withoutPlaces = (rule: unknown): unknown =>
  JSON.parse(JSON.stringify(rule, (key, value: unknown) => (['place', 'origin'].includes(key) ? undefined : value)));
