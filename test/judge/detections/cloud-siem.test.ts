import { expect } from 'chai';
import type { CloudSiemRule, RuleText } from '../../../src/model/cloud-siem-rule.ts';
import type { Detection } from '../../../src/model/detection.ts';
import { beacon, judge, rule } from '../courtroom.ts';

const file = 'detections/rule.yaml';

const at = (text: string, line: number): RuleText => ({
  text,
  place: { file, line, column: 13 },
  origin: { file, line, column: 13 },
});

const detection = (own: Partial<CloudSiemRule> & Pick<CloudSiemRule, 'kind'>): Detection =>
  rule('', {
    language: 'cloud-siem',
    platform: 'sumo',
    schedule: { frequencySeconds: 3600, periodSeconds: 3600, threshold: 0 },
    place: { file, line: 1, column: 1 },
    rule: {
      entitySelectors: [{ entityType: '_hostname', expression: at('device_hostname', 3) }],
      groupByFields: [],
      place: { file, line: 1, column: 7 },
      ...own,
    } as CloudSiemRule,
  });

const threshold = (limit: number, expression: string): Detection =>
  detection({
    kind: 'threshold',
    ...{ expression: at(expression, 5), limit, windowSeconds: 300, countDistinct: false, countField: null },
  });

describe('a Cloud SIEM rule on a drill', function () {
  this.timeout(60_000);

  it('fires with its signal, whose entity is the host', async () => {
    const judged = await judge({
      events: beacon(24),
      rule: threshold(12, "objectType = 'Network' and dstPort = 8443"),
    });
    expect(judged).to.deep.include({ verdict: 'fired', phases: { tried: 12, fired: 12 } });
    expect(judged.rows[0]).to.include({ entity_type: '_hostname', entity: 'ws1' });
  });

  it('is missed at its limit, which a drill of fewer records does not reach', async () => {
    const judged = await judge({ events: beacon(5), rule: threshold(12, "objectType = 'Network'") });
    expect(judged.verdict).to.equal('missed');
    expect(judged.reason).to.deep.include({ clause: 'at least 12 records within 5 minutes' });
  });

  it('is blind where its condition hangs on a column that Sysmon’s mapping never fills', async () => {
    const judged = await judge({ events: beacon(24), rule: threshold(12, "application matches '*powershell.exe'") });
    expect(judged.verdict).to.equal('blind');
    expect(judged.reason?.summary).to.contain('sec_record_network.application is filled by no sensor');
  });

  it('is blind where it asks for an attribute that no table here has', async () => {
    const judged = await judge({ events: beacon(24), rule: threshold(12, "http_url_fqdn = 'evil.example.org'") });
    expect(judged.verdict).to.equal('blind');
    expect(judged.reason?.summary).to.contain('No record here has http_url_fqdn');
  });

  it('is broken where it names what no record has, at its place in the file', async () => {
    const judged = await judge({ events: beacon(24), rule: threshold(12, "nosuchfield = 'x'") });
    expect(judged.verdict).to.equal('broken');
    expect(judged.diagnostics[0]).to.deep.include({ code: 'sumo/unknown-field' });
    expect(judged.diagnostics[0]?.place).to.include({ file, line: 5, column: 13 });
  });
});
