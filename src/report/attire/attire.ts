import { createHash } from 'node:crypto';
import { stripVTControlCharacters } from 'node:util';
import { technique } from '../../attack/attack.ts';
import type { Result, RunResult } from '../../model/run-result.ts';
import type { ReportFormat } from '../report-format.ts';

/** ATTiRe 1.1, which VECTR and its like import: what was executed, when, and what it printed. It has no place for verdicts. */
export const renderAttire = (run: RunResult): string => {
  const executed = run.results.filter(({ executed: { startedAt } }) => startedAt !== null);
  const byTest = [...Map.groupBy(executed, ({ atomic }) => atomic.guid).values()];
  const document = {
    'attire-version': '1.1',
    'execution-data': {
      'execution-source': 'Tocsin',
      'execution-id': executionId(run.runId),
      'execution-category': { name: 'Tocsin', abbreviation: 'TOC' },
      'execution-command': `tocsin run ${run.scenario.file}`,
      target: targetOf(executed),
      'time-generated': milliseconds(run.finishedAt),
    },
    procedures: byTest.flatMap((results, index) => procedureOf(results, index + 1)),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
};

export const attireFormat: ReportFormat = { name: 'attire', render: (run) => ({ 'attire.json': renderAttire(run) }) };

/** 16 bytes in base64, as a GUID: readers take two documents of one id for the same execution. */
const executionId = (runId: string): string =>
  createHash('sha256').update(runId).digest().subarray(0, 16).toString('base64');

/** The format knows one target; a run has several hosts, all of them named. */
const targetOf = (results: readonly Result[]) => ({
  user: '',
  host: [...new Set(results.flatMap(({ hosts }) => hosts['target'] ?? []))].sort().join(', '),
  ip: '',
  path: '',
});

const procedureOf = (results: readonly Result[], order: number) =>
  results.slice(0, 1).map((first) => ({
    'mitre-technique-id': first.technique,
    'procedure-name': first.atomic.name,
    'procedure-id': { type: 'guid', id: first.atomic.guid },
    'procedure-description': technique(first.technique)?.name ?? '',
    order,
    steps: results.map((result, index) => stepOf(result, index + 1)),
  }));

const stepOf = ({ executed, command, atomic }: Result, order: number) => ({
  order,
  'time-start': milliseconds(executed.startedAt ?? ''),
  'time-stop': milliseconds(executed.finishedAt ?? executed.startedAt ?? ''),
  executor: atomic.executor ?? '',
  command,
  // A result does not keep it; the format has no way to say so.
  'process-id': 0,
  'exit-code': executed.exitCode ?? -1,
  'is-timeout': executed.reason === 'timeout',
  output: [...outputOf(executed.stdout, 'STDOUT'), ...outputOf(executed.stderr, 'STDERR')],
});

const outputOf = (text: string, level: 'STDOUT' | 'STDERR') =>
  text === '' ? [] : [{ content: stripVTControlCharacters(text), level, type: 'console' }];

/** `2026-11-20T16:00:00.000Z`. */
const milliseconds = (iso: string): string => iso.replace(/(\.\d{3})\d*Z$/, '$1Z');
