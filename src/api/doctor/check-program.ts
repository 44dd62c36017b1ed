import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { attackVersion, techniques } from '../../attack/attack.ts';
import { reportTemplateFile } from '../../report/html/template.ts';
import { catalogDate } from '../../telemetry/catalog.ts';
import { openEngine } from '../open-engine.ts';
import { messageOf, ok, type Check } from './check.ts';

const programRoot = resolve(import.meta.dirname, '../../..');

export const checkNode = (version: string, program: string): Check => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return ok('node', `${version}, ${program}`);
  const fix = 'install Node 22.18 or newer, or run `npm ci` in the folder of Tocsin, which brings Node 24 along';
  return { name: 'node', status: 'missing', detail: `${version} cannot run TypeScript`, fix };
};

/** The database that judges: loaded and asked, not only found. */
export const checkDatabase = async (): Promise<Check> => {
  try {
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    try {
      const reader = await connection.runAndReadAll('SELECT version()');
      return ok('database', `DuckDB ${String(reader.getRows()[0]?.[0])}`);
    } finally {
      connection.closeSync();
      instance.closeSync();
    }
  } catch (error) {
    return { name: 'database', status: 'missing', detail: messageOf(error), fix: 'run: npm ci --ignore-scripts' };
  }
};

/** Microsoft's parser, our planner and the database together: given a query whose answer is known. */
export const checkKql = async (): Promise<Check> => {
  const fix = 'run: npm ci --ignore-scripts';
  try {
    await using engine = await openEngine({ schemas: 'none' });
    const outcome = await engine.query('kql', 'print answer = 6 * 7');
    const said = outcome.ok ? JSON.stringify(outcome.rows) : (outcome.diagnostics[0]?.message ?? 'no answer');
    if (Number(outcome.ok ? outcome.rows[0]?.[0] : null) === 42) return ok('kql', 'a query was read, planned and run');
    return { name: 'kql', status: 'missing', detail: `6 * 7 gave ${said}`, fix };
  } catch (error) {
    return { name: 'kql', status: 'missing', detail: messageOf(error), fix };
  }
};

export const checkReport = (): Check =>
  existsSync(join(programRoot, reportTemplateFile))
    ? ok('html report', 'built')
    : {
        name: 'html report',
        status: 'missing',
        detail: 'not built: a run cannot write its reports',
        fix: 'run: npm run build',
      };

export const checkKnowledge = (): Check =>
  ok(
    'knowledge',
    `ATT&CK v${attackVersion}, ${techniques.length} techniques; tables of Sentinel as of ${catalogDate('sentinel')}, of Defender as of ${catalogDate('defender')}`,
  );

/** A long drill's trace needs room. */
const leastBytes = 2 * 1024 ** 3;

export const checkDisk = async (folder: string): Promise<Check> => {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  const detail = `${(free / 1024 ** 3).toFixed(1)} GiB free in ${folder}`;
  if (free >= leastBytes) return ok('disk', detail);
  return { name: 'disk', status: 'limited', detail, fix: 'make room, or write reports elsewhere: --output FOLDER' };
};
