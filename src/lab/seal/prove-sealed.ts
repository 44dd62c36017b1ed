import { randomBytes } from 'node:crypto';
import { systemClock } from '../../util/clock.ts';
import type { AttemptOutcome } from '../agent/protocol.ts';
import type { SealReport } from '../driver.ts';
import type { LabHost } from '../host/host.ts';
import { isLoopback } from '../network.ts';
import { openCanaries } from './canaries.ts';
import { findLeakingLinks, type Link } from './links.ts';

export interface SealInput {
  readonly hosts: readonly LabHost[];
  readonly fabricLinks: readonly Link[];
  readonly hostLinks: readonly Link[];
  /** Addresses of the machine, each of which every host tries. */
  readonly addresses: readonly string[];
}

/** A sealed lab refuses at once; this is what an address that swallows everything costs. */
const attemptMs = 500;

/** A datagram that did get out may be on its way when its sender is done. */
const settleMs = 100;

/** What a host makes of an address that nobody answers for. Anything else is an answer, and an answer is a leak. */
const silence = new Set([
  'timeout',
  'sent',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'EADDRNOTAVAIL',
  'EINVAL',
  'ENODEV',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAFNOSUPPORT',
]);

/** Looks at every link, then lets every host try every address of the machine while listeners there stay silent, or do not. */
export const proveSealed = async ({ hosts, fabricLinks, hostLinks, addresses }: SealInput): Promise<SealReport> => {
  await using canaries = await openCanaries(addresses);
  const token = randomBytes(16).toString('hex');
  const outcomes = await Promise.all(
    hosts.map(async (host) => ({
      host: host.spec.name,
      outcomes: await host.attempt({ targets: canaries.targets, timeoutMs: attemptMs, token }),
    })),
  );
  await systemClock.sleep(settleMs);
  const answers = outcomes.flatMap(({ host, outcomes: tried }) =>
    tried.filter(isAnswer).map((one) => describe(host, one)),
  );
  const leaks = [...findLeakingLinks(fabricLinks, hostLinks), ...canaries.heard, ...answers].sort();
  return {
    sealed: leaks.length === 0,
    links: fabricLinks.length + hostLinks.length,
    attempts: outcomes.reduce((sum, one) => sum + one.outcomes.length, 0),
    leaks,
  };
};

/** A host's own loopback refuses for itself; that is no word from the machine's. */
const isAnswer = ({ address, outcome }: AttemptOutcome): boolean =>
  !silence.has(outcome) && !(isLoopback(address) && outcome === 'ECONNREFUSED');

const describe = (host: string, { protocol, address, outcome }: AttemptOutcome): string =>
  `${protocol} ${address} answered ${host}: ${outcome}`;
