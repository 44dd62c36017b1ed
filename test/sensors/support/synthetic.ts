import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SensorContext } from '../../../src/sensors/sensor.ts';
import type { ReceivedHandover } from '../../../src/sensors/records/read-handovers.ts';
import { parseTrace, type TraceOutput } from '../../../src/sensors/trace/parse-trace.ts';
import { contextOf, stepResult } from './fixture.ts';

/** The agent's process id in synthetic traces; its first step is process 20. */
export const agent = 10;
export const root = 20;

const beginning = [
  `${agent} 100.000000 execve("/.tocsin/node", ["node", "agent.mjs"], ["PATH=/usr/bin"]) = 0`,
  `${agent} 100.000001 clone(child_stack=NULL, flags=CLONE_CHILD_CLEARTID|SIGCHLD, child_tidptr=0x7f) = ${root}`,
  `${root} 100.000002 execve("/bin/sh", ["sh"], ["TOCSIN_STEP=step-1"]) = 0`,
];

export const defaultContext: SensorContext = contextOf(agent, [stepResult('step-1', root, 100_000_000, 100_000_000)]);

/** Parses a file with exactly this text. */
export const parseText = async (
  text: string,
  context: Partial<SensorContext> = {},
  handovers: readonly ReceivedHandover[] = [],
): Promise<TraceOutput> => {
  const folder = mkdtempSync(join(tmpdir(), 'trace-test-'));
  try {
    const file = join(folder, 'trace');
    writeFileSync(file, text, 'latin1');
    return await parseTrace(file, { ...defaultContext, ...context }, handovers);
  } finally {
    rmSync(folder, { recursive: true });
  }
};

/** A host with an agent and one step (`sh`, process 20), which does what the lines say, a microsecond apart. */
export const parseStep = (lines: readonly string[], context: Partial<SensorContext> = {}): Promise<TraceOutput> => {
  const timed = lines.map((line, index) => {
    const [, pid = String(root), rest = ''] = /^(?:(\d+)\| )?(.*)$/s.exec(line) ?? [];
    return /^\d+\.\d{6} /.test(rest) ? `${pid} ${rest}` : `${pid} 101.${String(index).padStart(6, '0')} ${rest}`;
  });
  return parseText([...beginning, ...timed, ''].join('\n'), context);
};
