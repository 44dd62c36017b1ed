import { isIPv4 } from 'node:net';
import { recordsSocket } from '../../model/in-host.ts';
import { openDnsClient } from '../dns/host-client.ts';
import { openEventLog } from '../os/event-log.ts';
import { NotImplemented } from '../os/not-implemented.ts';
import { runProgram } from '../os/program.ts';
import { writeText } from '../os/stdio.ts';
import { echoScript } from './echo-script.ts';
import { readPingOptions, type PingOptions } from './options.ts';

/** clock_gettime(2), by machine. */
const clockCalls: Partial<Record<NodeJS.Architecture, number>> = { x64: 228, arm64: 113 };

const addressOf = async (target: string): Promise<string | null> => {
  if (isIPv4(target)) return target;
  const eventLog = openEventLog(recordsSocket);
  try {
    return (await openDnsClient(eventLog).addresses(target)).addresses.find(isIPv4) ?? null;
  } finally {
    eventLog.close();
  }
};

/** Becomes what sends: the process stays the same one, as ping.exe is one. */
const becomeEcho = (address: string, { count, size, timeoutMs, ttl }: PingOptions): never => {
  const clock = clockCalls[process.arch];
  if (process.execve === undefined || clock === undefined) throw new NotImplemented('ping on this machine');
  const args = [address, count ?? 0, size, timeoutMs, ttl, clock].map(String);
  return process.execve('/usr/bin/perl', ['ping.exe', '-e', echoScript, '--', ...args], process.env);
};

/** ping.exe: real echo requests. */
void runProgram('ping.exe', async (args) => {
  const read = readPingOptions(args);
  if (!read.ok) {
    writeText(1, `${read.message}\r\n`);
    return 1;
  }
  const { target, size } = read.options;
  const address = await addressOf(target);
  if (address === null) {
    writeText(1, `Ping request could not find host ${target}. Please check the name and try again.\r\n`);
    return 1;
  }
  const name = address === target ? address : `${target} [${address}]`;
  writeText(1, `\r\nPinging ${name} with ${size} bytes of data:\r\n`);
  return becomeEcho(address, read.options);
});
