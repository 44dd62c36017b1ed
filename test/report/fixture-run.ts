import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunResult } from '../../src/model/run-result.ts';
import { runSchema } from '../../src/report/json/run-schema.ts';

const text = readFileSync(join(import.meta.dirname, '../fixtures/run/t1583-003.json'), 'utf8');

/** The run of `test/fixtures/run`: four variants, everything as expected, with gaps that are expected. */
export const fixtureRun = (): RunResult => runSchema.parse(JSON.parse(text));
