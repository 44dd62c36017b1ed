/** State of a listening TCP socket, and of an unconnected UDP socket, in the kernel's numbering. */
const listeningStates: Readonly<Record<string, string>> = { tcp: '0A', tcp6: '0A', udp: '07', udp6: '07' };

/**
 * Listening sockets in a table of `/proc/net`, as `tcp 127.0.0.1:8443`.
 * Source: Documentation/networking/proc_net_tcp.rst; addresses are hexadecimal words in the machine's byte order.
 */
export const parseListening = (table: string, text: string): readonly string[] =>
  text
    .split('\n')
    .slice(1)
    .flatMap((line) => {
      const [, local = '', , state] = line.trim().split(/\s+/);
      const [address = '', port = ''] = local.split(':');
      if (state !== listeningStates[table] || port === '') return [];
      return [`${table.replace('6', '')} ${renderAddress(address)}:${Number.parseInt(port, 16)}`];
    });

const renderAddress = (hex: string): string => {
  const bytes = (hex.match(/.{8}/g) ?? []).flatMap((word) => (word.match(/../g) ?? []).reverse());
  if (bytes.length === 4) return bytes.map((byte) => Number.parseInt(byte, 16)).join('.');
  const groups = Array.from({ length: 8 }, (_, index) => `${bytes[2 * index] ?? ''}${bytes[2 * index + 1] ?? ''}`);
  return `[${groups.map((group) => group.toLowerCase().replace(/^0{1,3}/, '')).join(':')}]`;
};
