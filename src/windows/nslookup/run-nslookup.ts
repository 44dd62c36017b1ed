import { isIPv4 } from 'node:net';
import type { DnsAnswer, DnsMessage } from '../../formats/dns.ts';
import type { Asked } from '../dns/exchange.ts';
import { NotImplemented } from '../os/not-implemented.ts';
import { crlf } from '../os/stdio.ts';

export interface NslookupHost {
  /** The host's own name server. */
  readonly server: string | null;
  /** Null when no answer came within nslookup's two seconds. */
  readonly ask: (server: string, question: Asked) => Promise<DnsMessage | null>;
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
}

/** `nslookup [-type=TYPE] NAME [SERVER]`. It always asks for the server's own name first; the exit code is 0 whatever it finds. */
export const runNslookup = async (args: readonly string[], host: NslookupHost): Promise<number> => {
  const options = args.filter((arg) => arg.startsWith('-'));
  const [name, given, ...more] = args.filter((arg) => !arg.startsWith('-'));
  const types = options.map((option) => /^-(?:q|ty|type|querytype)=(A|AAAA|CNAME|MX|NS|PTR|TXT)$/i.exec(option)?.[1]);
  if (name === undefined || more.length > 0 || types.includes(undefined) || !name.includes('.') || isIPv4(name))
    throw new NotImplemented(`nslookup ${args.join(' ')}`);
  const server = given ?? host.server;
  if (server === null || !isIPv4(server)) throw new NotImplemented('nslookup without the address of a server');
  const [type] = types;
  let id = 0;
  const ask = async (asked: string, wanted: string): Promise<DnsMessage | null> => {
    const answer = await host.ask(server, { name: asked, type: wanted, id: (id += 1) });
    if (answer === null) host.out(crlf('DNS request timed out.\n    timeout was 2 seconds.\n'));
    return answer;
  };

  const reverse = `${server.split('.').reverse().join('.')}.in-addr.arpa`;
  const own = (await ask(reverse, 'PTR'))?.answers.find(({ type: found }) => found === 'PTR')?.data ?? 'UnKnown';
  host.out(crlf(`Server:  ${own}\nAddress:  ${server}\n\n`));

  const answers: (DnsMessage | null)[] = [];
  for (const wanted of type === undefined ? ['A', 'AAAA'] : [type.toUpperCase()]) answers.push(await ask(name, wanted));
  const [first] = answers;
  if (answers.every((answer) => answer === null)) host.error(crlf(`*** Request to ${own} timed-out\n`));
  else if (first?.responseCode === 'NXDOMAIN') host.error(crlf(`*** ${own} can't find ${name}: Non-existent domain\n`));
  else if (first != null && first.responseCode !== 'NOERROR')
    throw new NotImplemented(`nslookup's words for ${first.responseCode}`);
  else host.out(crlf(render(name, answers)));
  return 0;
};

const render = (name: string, messages: readonly (DnsMessage | null)[]): string => {
  const found = messages.filter((message) => message !== null);
  const records = found.flatMap(({ answers }) => answers);
  const heading = found.every(({ isAuthoritative }) => isAuthoritative) ? '' : 'Non-authoritative answer:\n';
  const addresses = records.filter(({ type }) => type === 'A' || type === 'AAAA').map(({ data }) => data);
  const others = records.filter(({ type }) => type !== 'A' && type !== 'AAAA').map(renderOther);
  const label = addresses.length > 1 ? 'Addresses:  ' : 'Address:  ';
  const list = addresses.length === 0 ? '' : `${label}${addresses.join('\n          ')}\n`;
  return `${heading}${others.length > 0 ? others.join('') : `Name:    ${name}\n${list}`}\n`;
};

const renderOther = ({ name, type, data }: DnsAnswer): string => {
  switch (type) {
    case 'TXT':
      return `${name}\ttext =\n\n\t"${data}"\n`;
    case 'CNAME':
      return `${name}\tcanonical name = ${data}\n`;
    case 'NS':
      return `${name}\tnameserver = ${data}\n`;
    case 'MX': {
      const [preference = '', exchange = ''] = data.split(' ');
      return `${name}\tMX preference = ${preference}, mail exchanger = ${exchange}\n`;
    }
    default:
      return `${name}\tname = ${data}\n`;
  }
};
