import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { startDnsServer } from './server.ts';
import { createZones } from './zones.ts';

/**
 * The lab's name server. Options (JSON, first argument): `address`, `port`, `zones`, `records` (see `createZones`), `log` (a file: a
 * JSON object for every request). Prints `ready` once it answers; ends with 1 when it cannot.
 */
interface Options {
  readonly address: string;
  readonly port: number;
  readonly zones: string;
  readonly records: string;
  readonly log: string;
}

const main = async ({ address, port, zones, records, log }: Options): Promise<void> => {
  mkdirSync(dirname(log), { recursive: true });
  writeFileSync(log, '', { flag: 'a' });
  await startDnsServer(address, port, createZones(zones, records), (query) =>
    appendFileSync(log, `${JSON.stringify(query)}\n`),
  );
  console.log('ready');
};

main(JSON.parse(process.argv[2] ?? '{}') as Options).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
