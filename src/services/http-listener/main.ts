import { createServer } from 'node:http';

/**
 * A plain HTTP/1.1 listener: what a check-in talks to. Options (JSON, first argument): `address`, `port`, `keepAlive`,
 * `body`. Prints `ready` once it accepts connections; ends with 1 when it cannot listen.
 */
interface Options {
  readonly address: string;
  readonly port: number;
  /** False answers `Connection: close`, so that every request is a connection of its own. */
  readonly keepAlive: boolean;
  readonly body: string;
}

const options = JSON.parse(process.argv[2] ?? '{}') as Options;

const server = createServer((request, response) => {
  request.resume();
  if (!options.keepAlive) response.setHeader('Connection', 'close');
  response.setHeader('Content-Type', 'text/plain');
  response.end(options.body);
});
// Idle connections outlive the longest interval a test polls at, as a server with generous settings would keep them.
server.keepAliveTimeout = 120_000;
server.on('error', (error) => {
  console.error(error.message);
  process.exitCode = 1;
});
server.listen(options.port, options.address, () => console.log('ready'));
