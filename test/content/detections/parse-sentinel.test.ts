import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { parseDocuments } from '../../../src/content/detections/parse-documents.ts';
import { placeInText } from '../../../src/model/place.ts';

const parse = (file: string, text: string) => {
  const [parsed] = parseDocuments(file, text, { notRecognized: 'error' });
  if (parsed?.ok !== true || parsed.value === null) return expect.fail(JSON.stringify(parsed?.diagnostics));
  return { detection: parsed.value.detection, diagnostics: parsed.diagnostics };
};

const rule = `id: 6D63EFA6-7C25-4BD4-A486-AA6BF50FDE8A
name: Account added and removed
description: |
  Identifies accounts that come and go.
severity: Medium
requiredDataConnectors:
  - connectorId: SecurityEvents
    dataTypes: [SecurityEvent]
queryFrequency: 1h
queryPeriod: 14d
triggerOperator: gt
triggerThreshold: 2
tactics: [Persistence]
relevantTechniques: [T1098, T1078.002]
query: |
  let window = 10m;
  SecurityEvent
  | where EventID == 4728
entityMappings: []
version: 1.2.0
kind: Scheduled
`;

describe('a Sentinel analytics rule', () => {
  it('is a query and its schedule', () => {
    const { detection, diagnostics } = parse('detections/T1098/published/rule.yaml', rule);
    expect(diagnostics).to.deep.equal([]);
    const text = 'let window = 10m;\nSecurityEvent\n| where EventID == 4728\n';
    expect(detection).to.deep.equal({
      id: '6d63efa6-7c25-4bd4-a486-aa6bf50fde8a',
      title: 'Account added and removed',
      language: 'kql',
      platform: 'sentinel',
      severity: 'medium',
      techniques: ['T1098', 'T1078.002'],
      origin: 'published',
      schedule: { frequencySeconds: 3600, periodSeconds: 1_209_600, threshold: 2 },
      text,
      place: { file: 'detections/T1098/published/rule.yaml', line: 16, column: 3, indent: 2 },
      hash: createHash('sha256').update(text).digest('hex'),
    });
    expect(placeInText(detection.place, { line: 3, column: 9 })).to.include({ line: 18, column: 11 });
  });

  it('is maintained where it does not stand under published', () => {
    expect(parse('detections/T1098/maintained/rule.yaml', rule).detection.origin).to.equal('maintained');
  });

  it('runs every minute when it is near-real-time', () => {
    const nrt = rule.replace(/^(query(Frequency|Period)|trigger\w+): .*\n/gm, '').replace('Scheduled', 'NRT');
    const { detection, diagnostics } = parse('rule.yaml', nrt);
    expect(diagnostics).to.deep.equal([]);
    expect(detection.schedule).to.deep.equal({ frequencySeconds: 60, periodSeconds: 60, threshold: 0 });
  });

  it('may have keys that we do not know: they are named, and the rule loads', () => {
    const { diagnostics } = parse('rule.yaml', `${rule}entityMapping: []\n`);
    expect(diagnostics).to.have.length(1);
    expect(diagnostics[0]).to.include({ code: 'schema/unknown-key', severity: 'warning' });
  });

  it('is pointed at by its own lines where they are not those of the file', () => {
    const folded = rule.replace(/query: \|\n(?: {2}.*\n)+/, 'query: "SecurityEvent\\n| where EventID == 4728"\n');
    const { detection, diagnostics } = parse('rule.yaml', folded);
    expect(diagnostics.map(({ code, severity }) => [code, severity])).to.deep.equal([
      ['detection/folded-query', 'warning'],
    ]);
    expect(detection.place).to.deep.equal({ file: 'rule.yaml#query', line: 1, column: 1 });
  });
});

describe('a hunting query of Sentinel', () => {
  const hunt = `id: 4e7c6b8f-9b8a-4a8d-8f0c-2b1f0f6f3a11
name: Certutil downloads
description: |
  'Finds certutil with a URL.'
requiredDataConnectors: []
tactics: [CommandAndControl]
relevantTechniques: [T1105]
query: |
  SecurityEvent
  | where CommandLine has "certutil"
entityMappings: []
version: 2.0.1
`;

  it('is judged as if it ran every hour over a day', () => {
    const { detection, diagnostics } = parse('hunt.yaml', hunt);
    expect(diagnostics).to.deep.equal([]);
    expect(detection).to.deep.include({
      title: 'Certutil downloads',
      language: 'kql',
      severity: 'medium',
      techniques: ['T1105'],
      schedule: { frequencySeconds: 3600, periodSeconds: 86_400, threshold: 0 },
    });
  });
});
