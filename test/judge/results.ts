import type { Result } from '../../src/model/run-result.ts';
import type { DetectionResult, DetectionVerdict, SignalResult, SignalVerdict } from '../../src/model/verdict.ts';

export const detectionResult = (verdict: DetectionVerdict, fields: Partial<DetectionResult> = {}): DetectionResult => ({
  id: 'd',
  title: 'd',
  language: 'kql',
  origin: 'maintained',
  file: 'd.kql',
  hash: '0'.repeat(64),
  verdict,
  expected: null,
  met: true,
  reason: null,
  diagnostics: [],
  rows: [],
  executions: 12,
  phases: { tried: 12, fired: verdict === 'fired' ? 12 : 0 },
  funnel: [],
  marks: [],
  ...fields,
});

export const signalResult = (verdict: SignalVerdict, fields: Partial<SignalResult> = {}): SignalResult => ({
  id: 's',
  description: '',
  table: 'Sysmon-3',
  verdict,
  expected: null,
  met: true,
  want: '',
  got: '',
  rows: 0,
  marks: [],
  ...fields,
});

export const result = (fields: Partial<Result> = {}): Result => ({
  key: 'k',
  technique: 'T1583.003',
  atomic: { guid: 'g', number: 1, name: 'a', file: 'a.yaml' },
  variant: 'v1',
  description: '',
  scope: 'atomic',
  hosts: { target: 'ws1' },
  persona: 'windows',
  command: '',
  inputs: {},
  executed: {
    status: 'executed',
    reason: 'executed',
    detail: '',
    exitCode: 0,
    startedAt: null,
    finishedAt: null,
    stdout: '',
    stderr: '',
  },
  signals: [],
  detections: [],
  cleanup: { verdict: 'clean', left: [] },
  timeline: [],
  marks: [],
  ...fields,
});

export const notRun = (reason: string): Result =>
  result({ executed: { ...result().executed, status: 'not-run', reason } });
