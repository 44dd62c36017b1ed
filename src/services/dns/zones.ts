import type { DnsAnswer, DnsQuestion } from '../../formats/dns.ts';
import { encodeDnsData, encodeDnsName } from '../../formats/dns-encode.ts';

/** What a server of names knows. */
export interface Zones {
  /** NXDOMAIN for names that do not exist and for zones that nobody here has: there is no internet behind the lab's. */
  answer(question: DnsQuestion): ZoneAnswer;
}

export interface ZoneAnswer {
  readonly responseCode: 'NOERROR' | 'NXDOMAIN';
  readonly isAuthoritative: boolean;
  readonly answers: readonly DnsAnswer[];
}

const defaultTtl = 300;

/** Aliases of aliases: RFC 1034 §3.6.2 wants none; some are met. */
const longestChain = 8;

/**
 * `zones`: names, separated by blanks. `records`: a line each, `NAME [TTL] TYPE DATA` with whole names, as a master file (RFC 1035
 * §5) writes them; `;` starts a comment. Throws with the line that cannot be served.
 */
export const createZones = (zones: string, records: string): Zones => {
  const apexes = zones.split(/\s+/).filter(Boolean).map(canonical);
  const byName = new Map<string, DnsAnswer[]>();
  for (const record of readRecords(records)) {
    const name = canonical(record.name);
    if (!apexes.some((apex) => isWithin(name, apex))) throw new Error(`${record.name} is in none of the zones`);
    byName.set(name, [...(byName.get(name) ?? []), record]);
  }

  const exists = (name: string): boolean =>
    apexes.includes(name) || [...byName.keys()].some((owner) => isWithin(owner, name));

  const find = (name: string, type: string, asked: string, depth: number): readonly DnsAnswer[] => {
    const own = (byName.get(name) ?? []).map((record) => ({ ...record, name: asked }));
    const wanted = own.filter((record) => type === 'ANY' || record.type === type);
    const alias = own.find((record) => record.type === 'CNAME');
    if (wanted.length > 0 || alias === undefined || depth === longestChain) return wanted;
    return [alias, ...find(canonical(alias.data), type, alias.data, depth + 1)];
  };

  return {
    answer: ({ name: asked, type }) => {
      const name = canonical(asked);
      return {
        responseCode: exists(name) ? 'NOERROR' : 'NXDOMAIN',
        isAuthoritative: apexes.some((apex) => isWithin(name, apex)),
        answers: find(name, type, asked, 0),
      };
    },
  };
};

/** Every name that has a record and leads to this address, through aliases too; sorted. */
export const namesOfAddress = (zones: string, records: string, address: string): readonly string[] => {
  const server = createZones(zones, records);
  const leadsThere = (name: string): boolean =>
    server.answer({ name, type: 'A' }).answers.some(({ type, data }) => type === 'A' && data === address);
  return [...new Set(readRecords(records).map(({ name }) => canonical(name)))].filter(leadsThere).sort();
};

const canonical = (name: string): string => name.toLowerCase().replace(/\.$/, '');

const isWithin = (name: string, apex: string): boolean => name === apex || name.endsWith(`.${apex}`);

const readRecords = (text: string): readonly DnsAnswer[] =>
  text.split('\n').flatMap((line) => {
    const content = line.replace(/(^|\s);.*$/, '').trim();
    if (content === '') return [];
    const [, name = '', ttl, type = '', data = ''] = /^(\S+)\s+(?:(\d{1,9})\s+)?([A-Z]+)\s+(.+)$/.exec(content) ?? [];
    const bare = data.replace(/^"(.*)"$/, '$1');
    if (encodeDnsName(name) === null || encodeDnsData(type, bare) === null)
      throw new Error(`this record cannot be served: ${content}`);
    return [{ name, type, ttl: Number(ttl ?? defaultTtl), data: bare }];
  });
