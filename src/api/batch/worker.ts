import { loadLanguages } from '../../query/languages.ts';
import { openDatabase } from '../../telemetry/database.ts';
import { exactJson } from '../../util/exact-json.ts';
import { loadSchemas } from '../data/load-schemas.ts';
import { emptyEnvironment, loadEnvironmentFile } from '../fixtures/load-environment.ts';
import type { FromWorker, ToWorker } from './messages.ts';
import { runLine } from './run-line.ts';
import type { WorkerSettings } from './start-worker.ts';

/**
 * The process that answers lines. It is one of its own, so that a query that never ends, or takes all memory, costs its line and
 * nothing else. It ends when the channel to its parent closes.
 */
const settings = JSON.parse(process.argv[2] ?? '{}') as WorkerSettings;
const { now, timeLimit } = settings;
const environment =
  settings.environment === undefined ? emptyEnvironment : await loadEnvironmentFile(settings.environment);
const database = await openDatabase();
const catalog = await loadSchemas(settings.schemas);
const lines = { database, catalog, languages: await loadLanguages(), environment, now, timeLimit };
const send = (message: FromWorker): void => void process.send?.(message);

// The first query pays for loading the binder; no line should.
await runLine(JSON.stringify({ query: 'print 1' }), lines);

process.on('message', ({ text }: ToWorker) => {
  void runLine(text, lines).then((answer) => {
    send({ kind: 'answer', text: exactJson(answer) });
  });
});
process.on('disconnect', () => {
  database.close();
});
send({ kind: 'ready' });
