import type { Diagnostic } from '../../src/model/diagnostic.ts';
import type { Place } from '../../src/model/place.ts';
import type { Result, RunResult } from '../../src/model/run-result.ts';
import type { Blocker, DetectionResult, SignalResult } from '../../src/model/verdict.ts';

// A result such as a run writes it, small enough to read: a variant that was missed, one that was detected, one that never ran.

const file = 'detections/T1583.003/maintained.kql';

export const query = `DeviceNetworkEvents
| where Timestamp > ago(24h)
| where ActionType == "ConnectionSuccess" and RemoteIPType == "Public"
| summarize ConnectionCount = count() by DeviceName
| where ConnectionCount >= 20
`;

const place = (line: number, column: number, endColumn: number): Place => ({
  file,
  line,
  column,
  endLine: line,
  endColumn,
});

const blockers: readonly Blocker[] = [
  {
    id: 's3/2',
    clause: 'RemoteIPType == "Public"',
    place: place(3, 46, 70),
    rowsIn: 15,
    rowsOut: 0,
    summary: '15 rows in, 0 out; RemoteIPType was "Loopback" (14 rows), "Private" (1 row)',
    near: [
      { column: 'RemoteIPType', wanted: '== "Public"', got: '"Loopback"', rows: 14 },
      { column: 'RemoteIPType', wanted: '== "Public"', got: '"Private"', rows: 1 },
    ],
  },
  {
    id: 's5/1',
    clause: 'ConnectionCount >= 20',
    place: place(5, 9, 30),
    rowsIn: 1,
    rowsOut: 0,
    summary: '1 row in, 0 out; ConnectionCount was 15, the rule asks for >= 20',
    near: [{ column: 'ConnectionCount', wanted: '>= 20', got: '15', rows: 1 }],
  },
];

const retired: Diagnostic = {
  code: 'kql/retired-table',
  severity: 'warning',
  message: 'DeviceNetworkEvents was retired on 2026-05-31: the product no longer fills it.',
  place: place(1, 1, 20),
};

const maintained: DetectionResult = {
  id: 't1583-003-maintained',
  title: 'Beaconing to a VPS',
  language: 'kql',
  origin: 'maintained',
  file,
  hash: 'a'.repeat(64),
  verdict: 'missed',
  expected: 'missed',
  met: true,
  reason: {
    summary: '15 rows in, 0 out; RemoteIPType was "Loopback" (14 rows), "Private" (1 row)',
    clause: 'RemoteIPType == "Public"',
    place: place(3, 46, 70),
    blockers,
    proved: true,
  },
  diagnostics: [retired],
  rows: [],
  executions: 300,
  phases: { tried: 12, fired: 0 },
  funnel: [
    {
      id: 's3/2',
      kind: 'conjunct',
      stage: 'where',
      clause: 'RemoteIPType == "Public"',
      place: place(3, 46, 70),
      rows: 0,
      rowsIn: 15,
      alone: 0,
      withOthers: 15,
    },
  ],
  marks: ['emulated-persona', 'declared-zone'],
};

const unknownColumn: Diagnostic = {
  code: 'kql/KS142',
  severity: 'error',
  message: "The name 'AccountName' does not refer to any known column",
  place: { file: 'detections/T1583.003/published/query.kql', line: 29, column: 18, endLine: 29, endColumn: 29 },
  excerpt: '  by DeviceName, AccountName, InitiatingProcessFileName,',
  hint: 'did you mean "InitiatingProcessAccountName"?',
};

const published: DetectionResult = {
  ...maintained,
  id: 't1583-003-published',
  origin: 'published',
  file: 'detections/T1583.003/published/query.kql',
  verdict: 'broken',
  expected: 'broken',
  reason: { summary: `rejected with 1 error: ${unknownColumn.message}`, blockers: [] },
  diagnostics: [unknownColumn],
  executions: 0,
  phases: { tried: 0, fired: 0 },
  funnel: [],
  marks: [],
};

const checkIns: SignalResult = {
  id: 'check-ins',
  description: '15 connections, about 5 s apart',
  table: 'Sysmon-3',
  verdict: 'seen',
  expected: 'seen',
  met: true,
  want: '15 rows, every 5 s ± 1 s',
  got: '15 rows, every 5.02 s (4.98–5.07)',
  rows: 15,
  marks: ['emulated-persona'],
};

const missed: Result = {
  key: 't1583-003/as-documented/0f3a/target=workstation',
  technique: 'T1583.003',
  atomic: { guid: '0f3a', number: 1, name: 'PowerShell HTTP check-in', file: 'atomics/T1583.003/T1583.003.yaml' },
  variant: 'as-documented',
  description: 'The test as its page describes it.',
  scope: 'atomic',
  hosts: { target: 'workstation' },
  persona: 'windows',
  command: 'powershell.exe -WindowStyle Hidden',
  inputs: { host: '127.0.0.1' },
  executed: {
    status: 'executed',
    reason: 'executed',
    detail: '',
    exitCode: 0,
    startedAt: '2026-11-20T16:00:00.000000Z',
    finishedAt: '2026-11-20T16:01:15.250000Z',
    stdout: '',
    stderr: '',
  },
  signals: [checkIns],
  detections: [maintained, published],
  cleanup: { verdict: 'clean', left: [] },
  timeline: [
    {
      time: '2026-11-20T16:00:01.000000Z',
      signal: 'check-ins',
      action: 'Sysmon-3',
      summary: 'DestinationPort=8443',
      host: 'workstation',
    },
  ],
  marks: ['emulated-persona'],
};

const fired: Result = {
  ...missed,
  key: 't1583-003/vps/0f3a/target=workstation',
  variant: 'vps',
  signals: [{ ...checkIns, verdict: 'absent', met: false, got: '24 rows, every 5.01 s (4.99–9.80)' }],
  detections: [
    {
      ...maintained,
      verdict: 'fired',
      expected: 'fired',
      met: true,
      reason: null,
      rows: [{ DeviceName: 'workstation', ConnectionCount: 24 }],
      phases: { tried: 12, fired: 12 },
      executions: 12,
    },
    published,
  ],
};

const notRun: Result = {
  ...missed,
  key: 't1583-003/no-tool/0f3a/target=workstation',
  variant: 'no-tool',
  executed: {
    ...missed.executed,
    status: 'not-run',
    reason: 'tool-missing',
    // What a host printed may try to steer the terminal.
    detail: 'exit code 127: \u001b]0;owned\u0007\u001b[31mnmap\u001b[0m\u202e is not on the host',
    exitCode: 127,
    stderr: '\n\u001b[31msh: 1: nmap: not found\u001b[0m\nmore\n',
  },
  signals: [
    { ...checkIns, verdict: 'unobservable', expected: null, got: 'Sysmon-3 is fed by no sensor: none', rows: 0 },
  ],
  detections: [
    {
      ...maintained,
      verdict: 'not-run',
      expected: 'fired',
      met: false,
      reason: { summary: 'tool-missing: nmap', blockers: [] },
      phases: { tried: 0, fired: 0 },
    },
  ],
};

export const sampleRun: RunResult = {
  schemaVersion: 1,
  runId: '20261120-160000-7f3c1a',
  scenario: {
    id: 't1583-003',
    name: 'Virtual private server',
    file: 'scenarios/t1583-003.yaml',
    description: 'Four ways to check in.',
  },
  driver: 'namespace',
  environment: { kernel: 'Linux 6.1', node: '24.21.0' },
  attack: { version: '18' },
  startedAt: '2026-11-20T16:00:00.000000Z',
  finishedAt: '2026-11-20T16:01:42.000000Z',
  exitCode: 1,
  notLoaded: [],
  losses: [{ source: 'trace', host: 'workstation', kind: 'unparsed', count: 2, detail: 'line 7: \u001b[2Jioctl(' }],
  results: [missed, notRun, fired],
  coverage: [
    {
      technique: 'T1583.003',
      name: 'Virtual Private Server',
      status: 'partial',
      fired: 1,
      tried: 2,
      inferential: true,
    },
  ],
  residue: [{ kind: 'folder', name: '/tmp/tocsin-7f3c1a', detail: 'busy' }],
  sources: { [file]: query },
};
