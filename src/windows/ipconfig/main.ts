import { readFileSync } from 'node:fs';
import { hostname, networkInterfaces } from 'node:os';
import { nameServer } from '../dns/host-client.ts';
import { NotImplemented } from '../os/not-implemented.ts';
import { runProgram } from '../os/program.ts';
import { writeText } from '../os/stdio.ts';

/** The label, dots at every odd column, and a colon at column 37. */
const label = (text: string): string => {
  const columns = Array.from({ length: 37 }, (_, column) => (column % 2 === 1 ? '.' : ' '));
  return `   ${text}${columns.slice(text.length + 3).join('')}:`;
};

const gateway = (): string => {
  for (const line of readFileSync('/proc/net/route', 'utf8').split('\n').slice(1)) {
    const [, destination, via = ''] = line.split('\t');
    if (destination === '00000000')
      return (via.match(/../g) ?? [])
        .reverse()
        .map((byte) => parseInt(byte, 16))
        .join('.');
  }
  return '';
};

/** ipconfig.exe: the host's real interfaces, as Ethernet adapters. */
void runProgram('ipconfig.exe', (args) => {
  const option = args[0]?.toLowerCase().replace(/^-/, '/') ?? '';
  if (option === '/flushdns') {
    // The persona's DNS client keeps no cache: it is flushed as it is.
    writeText(1, '\r\nWindows IP Configuration\r\n\r\nSuccessfully flushed the DNS Resolver Cache.\r\n');
    return Promise.resolve(0);
  }
  if (option !== '' && option !== '/all') throw new NotImplemented(`ipconfig ${option}`);
  const all = option === '/all';
  const lines = ['', 'Windows IP Configuration', ''];
  if (all)
    lines.push(
      `${label('Host Name')} ${hostname()}`,
      `${label('Primary Dns Suffix')}`,
      `${label('Node Type')} Hybrid`,
      `${label('IP Routing Enabled')} No`,
      `${label('WINS Proxy Enabled')} No`,
      '',
    );
  const server = nameServer(readFileSync('/etc/resolv.conf', 'utf8'))?.address ?? '';
  const adapters = Object.values(networkInterfaces()).flatMap(
    (entries) => entries?.filter(({ family, internal }) => family === 'IPv4' && !internal) ?? [],
  );
  for (const [index, { address, netmask, mac }] of adapters.entries()) {
    lines.push(`Ethernet adapter Ethernet${index === 0 ? '' : index}:`, '', '   Connection-specific DNS Suffix  . :');
    if (all)
      lines.push(
        `${label('Description')} Intel(R) 82574L Gigabit Network Connection`,
        `${label('Physical Address')} ${mac.replaceAll(':', '-').toUpperCase()}`,
        `${label('DHCP Enabled')} No`,
      );
    lines.push(
      `${label('IPv4 Address')} ${address}${all ? '(Preferred)' : ''}`,
      `${label('Subnet Mask')} ${netmask}`,
      `${label('Default Gateway')} ${gateway()}`,
    );
    if (all) lines.push(`${label('DNS Servers')} ${server}`);
    lines.push('');
  }
  writeText(1, lines.map((line) => `${line}\r\n`).join(''));
  return Promise.resolve(0);
});
