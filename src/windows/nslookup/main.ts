import { readFileSync } from 'node:fs';
import { exchange } from '../dns/exchange.ts';
import { nameServer } from '../dns/host-client.ts';
import { runProgram } from '../os/program.ts';
import { writeText } from '../os/stdio.ts';
import { runNslookup } from './run-nslookup.ts';

/** nslookup.exe. It asks by itself: the DNS client knows nothing of its questions. */
void runProgram('nslookup.exe', (args) =>
  runNslookup(args, {
    server: nameServer(readFileSync('/etc/resolv.conf', 'utf8'))?.address ?? null,
    ask: (server, question) => exchange({ address: server, port: 53 }, question, { again: [], giveUp: 2000 }),
    out: (text) => writeText(1, text),
    error: (text) => writeText(2, text),
  }),
);
