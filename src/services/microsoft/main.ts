import { readFileSync } from 'node:fs';
import { serverCertificate } from '../../model/in-host.ts';
import type { Directory } from '../../model/directory.ts';
import type { Provider } from '../../model/provider.ts';
import { openServiceLog } from '../service-log.ts';
import { startCloud } from './start-cloud.ts';

/**
 * Entra ID, Microsoft Graph and Azure Resource Manager. Options (JSON, first argument): `address`, `port`, `tls` (with the host's
 * own certificate; else plain HTTP), `directory` (JSON, `Directory`), `providers` (JSON, `Provider[]`). Prints `ready` once it answers, and
 * from then on its records; ends with 1 when it cannot.
 */
interface Options {
  readonly address: string;
  readonly port: number;
  readonly tls: boolean;
  readonly directory: string;
  readonly providers: string;
}

const main = async ({ address, port, tls, directory, providers }: Options): Promise<void> => {
  const log = openServiceLog();
  await startCloud({
    ...{ address, port },
    tls: tls
      ? {
          certificate: readFileSync(serverCertificate.certificate, 'utf8'),
          key: readFileSync(serverCertificate.key, 'utf8'),
        }
      : null,
    directory: JSON.parse(directory) as Directory,
    providers: JSON.parse(providers) as Provider[],
    now: () => Date.now(),
    log: (dataset, client, record) => log.write(dataset, client, record),
  });
  log.ready();
};

main(JSON.parse(process.argv[2] ?? '{}') as Options).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
