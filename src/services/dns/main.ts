import { openServiceLog } from '../service-log.ts';
import { startDnsServer } from './server.ts';
import { createZones } from './zones.ts';

/**
 * The lab's name server. Options (JSON, first argument): `address`, `port`, `zones`, `records` (see `createZones`). Prints `ready` once it
 * answers, and from then on a record for every request; ends with 1 when it cannot.
 */
interface Options {
  readonly address: string;
  readonly port: number;
  readonly zones: string;
  readonly records: string;
}

const main = async ({ address, port, zones, records }: Options): Promise<void> => {
  const log = openServiceLog();
  await startDnsServer(address, port, createZones(zones, records), ({ client, ...query }) =>
    log.write('dns.queries', client, query),
  );
  log.ready();
};

main(JSON.parse(process.argv[2] ?? '{}') as Options).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
