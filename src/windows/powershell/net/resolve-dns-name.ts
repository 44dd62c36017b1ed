import type { DnsAnswer } from '../../../formats/dns.ts';
import type { DnsReply } from '../../dns/client.ts';
import { dnsStatus } from '../../dns/status.ts';
import { NotImplemented } from '../../os/not-implemented.ts';
import type { Cmdlet, CmdletContext, CmdletFailure } from '../commands/cmdlet.ts';
import { createException } from '../engine/error-record.ts';
import { numberOf } from '../values/numbers.ts';
import { toText } from '../values/text.ts';
import { PsObject, type Value } from '../values/value.ts';

/** What a name's default question asks for. */
const bothFamilies = ['A', 'AAAA'] as const;

const known = new Set(['A', 'AAAA', 'CNAME', 'MX', 'NS', 'PTR', 'TXT']);

/** Windows' words for the states that a query of the lab can end in. */
const failures: Readonly<Record<number, { readonly name: string; readonly text: string }>> = {
  [dnsStatus.timeout]: {
    name: 'ERROR_TIMEOUT',
    text: 'This operation returned because the timeout period expired',
  },
  9001: { name: 'DNS_ERROR_RCODE_FORMAT_ERROR', text: 'DNS server unable to interpret format' },
  9002: { name: 'DNS_ERROR_RCODE_SERVER_FAILURE', text: 'DNS server failure' },
  [dnsStatus.nameError]: { name: 'DNS_ERROR_RCODE_NAME_ERROR', text: 'DNS name does not exist' },
  9004: { name: 'DNS_ERROR_RCODE_NOT_IMPLEMENTED', text: 'DNS request not supported by name server' },
  9005: { name: 'DNS_ERROR_RCODE_REFUSED', text: 'DNS operation refused' },
};

const failureOf = (name: string, { status }: DnsReply): CmdletFailure => {
  const known = failures[status];
  if (known === undefined) throw new NotImplemented(`the DNS status ${status}`);
  return {
    exception: createException('System.ComponentModel.Win32Exception', `${name} : ${known.text}`, [
      ['NativeErrorCode', status],
    ]),
    category: status === dnsStatus.timeout ? 'OperationTimeout' : 'ResourceUnavailable',
    target: { text: name, type: 'String' },
    id: `${known.name},Microsoft.DnsClient.Commands.ResolveDnsName`,
  };
};

/** What the record of each type has beside Name, Type, TTL, DataLength and Section. */
const dataOf = ({ type, data }: DnsAnswer): (readonly [string, Value])[] => {
  switch (type) {
    case 'A':
    case 'AAAA':
      return [['IPAddress', data]];
    case 'TXT':
      return [['Strings', [data]]];
    case 'MX': {
      const [preference, exchange] = data.split(' ');
      return [
        ['NameExchange', exchange ?? ''],
        ['Preference', Number(preference)],
      ];
    }
    default:
      return [['NameHost', data]];
  }
};

const recordObject = (answer: DnsAnswer): PsObject =>
  new PsObject(
    [`Microsoft.DnsClient.Commands.DnsRecord_${answer.type}`, 'Microsoft.DnsClient.Commands.DnsRecord'],
    [
      ['Name', answer.name],
      ['Type', answer.type],
      ['TTL', numberOf('uint32', answer.ttl) ?? answer.ttl],
      ['Section', 'Answer'],
      ...dataOf(answer),
    ],
    { missing: ['CharacterSet', 'DataLength'] },
  );

const resolve = async (
  name: string,
  type: string,
  server: string | undefined,
  context: CmdletContext,
): Promise<void> => {
  const dns = context.frame.session.machine.dns();
  const replies: DnsReply[] = [];
  for (const asked of type === 'A_AAAA' ? bothFamilies : [type]) replies.push(await dns.query(name, asked, server));
  const [first] = replies;
  const records = replies.flatMap(({ answers }) => answers);
  for (const answer of records) await context.output(recordObject(answer));
  // A name without records of the type is no failure: the real one then shows the zone's SOA, which nobody sends here.
  const failed = replies.every(({ status }) => status !== dnsStatus.ok && status !== dnsStatus.noRecords);
  if (failed && first !== undefined) await context.writeError(failureOf(name, first));
};

export const resolveDnsName: Cmdlet = {
  name: 'Resolve-DnsName',
  parameters: [
    { name: 'Name', position: 0 },
    { name: 'Type', position: 1 },
    { name: 'Server' },
    { name: 'DnsOnly', isSwitch: true },
    { name: 'NoHostsFile', isSwitch: true },
    ...[
      'CacheOnly',
      'DnssecOk',
      'DnssecCd',
      'LlmnrOnly',
      'LlmnrFallback',
      'NetbiosFallback',
      'NoIdn',
      'NoRecursion',
      'QuickTimeout',
      'TcpOnly',
    ].map((name) => ({ name, isSwitch: true, unsupported: true })),
  ],
  start: (context) => ({
    process: async (input) => {
      const name = toText(input ?? context.argument('Name') ?? null);
      const type = toText(context.argument('Type') ?? 'A_AAAA').toUpperCase();
      const server = context.argument('Server');
      if (type !== 'A_AAAA' && !known.has(type)) throw new NotImplemented(`Resolve-DnsName -Type ${type}`);
      await resolve(name, type, server === undefined ? undefined : toText(server), context);
    },
  }),
};
