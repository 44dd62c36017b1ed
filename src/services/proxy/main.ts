import { openServiceLog } from '../service-log.ts';
import { startProxy } from './server.ts';

/**
 * A forward proxy. Options (JSON, first argument): `address`, `port`. Prints `ready` once it takes connections, and from then on a record for
 * every connection that it makes for a client and for every request that is over; ends with 1 when it cannot listen.
 */
interface Options {
  readonly address: string;
  readonly port: number;
}

const main = async ({ address, port }: Options): Promise<void> => {
  const log = openServiceLog();
  await startProxy(address, port, {
    relayed: ({ client, ...relay }) => log.write('proxy.relays', client, relay),
    finished: ({ client, ...entry }) => log.write('proxy.access', client, entry),
  });
  log.ready();
};

main(JSON.parse(process.argv[2] ?? '{}') as Options).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
