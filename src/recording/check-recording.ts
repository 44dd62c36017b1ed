import { stat } from 'node:fs/promises';
import { isAbsolute, join, normalize } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { HarnessError } from '../model/harness-error.ts';
import type { Diagnostic, DiagnosticCode } from '../model/diagnostic.ts';
import type { Manifest } from '../model/manifest.ts';
import { recordingLayout } from './layout.ts';
import { loadEvents } from './load-events.ts';
import { openRecording, type Recording } from './open-recording.ts';

const problem = (code: DiagnosticCode, message: string): Diagnostic => ({ code, severity: 'error', message });

const leavesFolder = (file: string): boolean =>
  isAbsolute(file) || normalize(file).split(/[\\/]/).includes('..') || file.includes('\0');

const checkRawFile = async (
  folder: string,
  { file, bytes }: Manifest['sensors'][number]['raw'][number],
): Promise<readonly Diagnostic[]> => {
  if (leavesFolder(file)) return [problem('recording/path', `${file} points out of the recording's raw evidence`)];
  const found = await stat(join(recordingLayout(folder).raw, file)).catch(() => null);
  if (found === null) return [problem('recording/missing-file', `${file} is named in the manifest and missing`)];
  if (found.size === bytes) return [];
  return [problem('recording/size', `${file} has ${String(found.size)} bytes; the manifest says ${String(bytes)}`)];
};

const checkEvents = async ({ manifest, eventFiles }: Recording): Promise<readonly Diagnostic[]> => {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    await loadEvents(connection, eventFiles);
    const reader = await connection.runAndReadAll('SELECT count(*) FROM events');
    const found = Number(reader.getRows()[0]?.[0]);
    const told = manifest.sensors.reduce((sum, sensor) => sum + sensor.events, 0);
    if (found === told) return [];
    return [
      problem('recording/event-count', `there are ${String(found)} events; the sensors reported ${String(told)}`),
    ];
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
};

/**
 * Every problem of a recording in one pass: files that the manifest names and that are missing or of another size, paths that
 * leave the folder, events that cannot be read or whose number is not what the sensors reported. Empty when it is whole.
 */
export const checkRecording = async (folder: string): Promise<readonly Diagnostic[]> => {
  try {
    const recording = await openRecording(folder);
    const raw = recording.manifest.sensors.flatMap((sensor) => sensor.raw);
    const problems = await Promise.all(raw.map((file) => checkRawFile(folder, file)));
    return [...problems.flat(), ...(await checkEvents(recording))];
  } catch (error) {
    if (!(error instanceof HarnessError)) throw error;
    return [problem(error.code as DiagnosticCode, error.message)];
  }
};
