import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ipaddr from 'ipaddr.js';
import { HarnessError } from '../../model/harness-error.ts';
import type { Translation, Zone } from '../../model/topology.ts';
import {
  connection,
  dropPacket,
  matchAddress,
  matchConnection,
  matchTcpPort,
  renderTable,
  translateDestination,
  translateSource,
  type Expression,
} from './nftables.ts';

type Translated = Zone & { readonly translation: Translation };

/** A command for the fabric's network, and what it reads. */
export interface RouterSetup {
  readonly argv: readonly string[];
  readonly input: string;
}

/**
 * How the fabric's router translates addresses: what leaves a translated zone comes from its one address outside; published ports of
 * that lead in; everything else that comes unasked is dropped. Null when no zone is translated.
 */
export const routerSetup = (zones: readonly Zone[]): RouterSetup | null => {
  const translated = zones.filter((zone): zone is Translated => zone.translation !== undefined);
  if (translated.length === 0) return null;
  const { bytes, acknowledged } = renderTable('router', [
    { ...chain('published', 'nat', 'prerouting', -100), rules: translated.flatMap(published) },
    { ...chain('inward', 'filter', 'forward', 0), rules: translated.map(closed) },
    { ...chain('outward', 'nat', 'postrouting', 100), rules: translated.map(hidden) },
  ]);
  const script = readFileSync(join(import.meta.dirname, 'netlink.pl'), 'utf8');
  return { argv: ['/usr/bin/perl', '-e', script, String(acknowledged)], input: bytes.toString('hex') };
};

/** Runs the setup, and says what it means when the kernel cannot do it. */
export const setUpRouter = async (
  zones: readonly Zone[],
  run: (argv: readonly string[], input: string) => Promise<unknown>,
): Promise<void> => {
  const setup = routerSetup(zones);
  if (setup === null) return;
  try {
    await run(setup.argv, setup.input);
  } catch (cause) {
    const names = zones.filter(({ translation }) => translation !== undefined).map(({ name }) => name);
    throw new HarnessError(`the lab's router cannot translate addresses of zone ${names.join(', ')}`, {
      code: 'lab/no-translation',
      hint: "It needs nf_tables and connection tracking in the machine's kernel. A topology whose zones have no `translation` does without.",
      cause,
    });
  }
};

const chain = <T extends string, H extends string>(name: string, type: T, hook: H, priority: number) => ({
  ...{ name, type, hook, priority },
});

const inside = (side: 'source' | 'destination', operator: '==' | '!=', { prefix }: Zone): readonly Expression[] => {
  const [network, length] = ipaddr.IPv4.parseCIDR(prefix);
  return matchAddress(side, operator, network.toString(), length);
};

const hidden = (zone: Translated): readonly Expression[] => [
  ...inside('source', '==', zone),
  ...inside('destination', '!=', zone),
  ...translateSource(zone.translation.address),
];

const published = ({ translation: { address, publish } }: Translated): readonly (readonly Expression[])[] =>
  publish.map(({ port, address: host, hostPort }) => [
    ...matchAddress('destination', '==', address, 32),
    ...matchTcpPort(port),
    ...translateDestination(host, hostPort),
  ]);

const closed = (zone: Translated): readonly Expression[] => [
  ...inside('destination', '==', zone),
  ...inside('source', '!=', zone),
  ...matchConnection(connection.state.key, connection.state.new | connection.state.invalid, true),
  ...matchConnection(connection.status.key, connection.status.destinationTranslated, false),
  ...dropPacket(),
];
