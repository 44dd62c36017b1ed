import { readFileSync } from 'node:fs';
import { selfSignedCertificate, serverCertificate } from '../../model/in-host.ts';
import { openServiceLog } from '../service-log.ts';
import { createAnswers, createRandom } from './answer.ts';
import { readHostedFiles } from './files.ts';
import { startC2 } from './server.ts';

/**
 * A command-and-control server: HTTP, HTTPS and connections that speak neither. Options (JSON, first argument) as `serviceOptions` has
 * them. Prints `ready` once it answers, and from then on a record for every request; ends with 1 when it cannot.
 */
interface Options {
  readonly address: string;
  /** Ports, separated by blanks. */
  readonly http: string;
  readonly https: string;
  readonly tcp: string;
  readonly keepAlive: boolean;
  readonly certificate: 'lab' | 'self-signed';
  readonly answer: string;
  readonly sleep: number;
  readonly jitter: number;
  readonly seed: number;
  readonly files: string;
}

const portsOf = (text: string): readonly number[] => text.split(/\s+/).filter(Boolean).map(Number);

const readCertificate = (which: Options['certificate']): { readonly cert: string; readonly key: string } => {
  const { certificate, key } = which === 'lab' ? serverCertificate : selfSignedCertificate;
  return { cert: readFileSync(certificate, 'utf8'), key: readFileSync(key, 'utf8') };
};

const main = async ({ address, keepAlive, certificate, files, seed, ...options }: Options): Promise<void> => {
  const log = openServiceLog();
  const [http, https, tcp] = [portsOf(options.http), portsOf(options.https), portsOf(options.tcp)];
  const tls = https.length === 0 ? null : readCertificate(certificate);
  const answers = createAnswers({ ...options, files: readHostedFiles(files), random: createRandom(seed) });
  await startC2({ address, keepAlive, http, https, tcp, tls }, answers, ({ client, ...entry }) =>
    log.write('c2.access', client, entry),
  );
  log.ready();
};

main(JSON.parse(process.argv[2] ?? '{}') as Options).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
