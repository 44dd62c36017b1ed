import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { parseSentinelRule } from '../../../src/content/detections/parse-sentinel-rule.ts';
import { placeInText } from '../../../src/model/place.ts';

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
    const parsed = parseSentinelRule('detections/T1098/published/rule.yaml', rule);
    if (!parsed.ok) return expect.fail(JSON.stringify(parsed.diagnostics));
    const { detection } = parsed.value;
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
    const parsed = parseSentinelRule('detections/T1098/maintained/rule.yaml', rule);
    expect(parsed.ok && parsed.value.detection.origin).to.equal('maintained');
  });
});
