import { hostText, readCString } from './c-string.ts';

/** An IP address and a port. IPv4-mapped addresses are given as IPv4, as every product shows them. */
export interface Endpoint {
  readonly ip: string;
  readonly version: 4 | 6;
  readonly port: number;
}

export type SocketAddress =
  | ({ readonly family: 'inet' } & Endpoint)
  /** An abstract name, which has no file, begins with `@`. */
  | { readonly family: 'unix'; readonly path: string }
  | { readonly family: 'other' };

const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

const endpoint = (ip: string, port: number): Endpoint => {
  const four = mapped.exec(ip)?.[1];
  if (four !== undefined) return { ip: four, version: 4, port };
  return { ip, version: ip.includes(':') ? 6 : 4, port };
};

/** `10.0.0.1:80` or `[::1]:80`, as in a descriptor's label; null for an inode or anything else. */
export const parseEndpoint = (text: string): Endpoint | null => {
  const match = /^(?:\[([0-9a-f:.]+)\]|(\d+\.\d+\.\d+\.\d+)):(\d+)$/i.exec(text);
  const ip = match?.[1] ?? match?.[2];
  return ip === undefined ? null : endpoint(ip, Number(match?.[3]));
};

const family = /sa_family=AF_(INET6|INET|UNIX|\w+)/;
const inet = /sin6?_port=htons\((\d+)\).*?(?:inet_addr\("([0-9.]+)"\)|inet_pton\(AF_INET6, "([0-9a-fA-F:.]+)")/;

/** `{sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr("10.0.0.1")}`; null when it is no address (`NULL`, a pointer). */
export const parseSocketAddress = (text: string): SocketAddress | null => {
  switch (family.exec(text)?.[1]) {
    case undefined:
      return null;
    case 'INET':
    case 'INET6': {
      const match = inet.exec(text);
      const ip = match?.[2] ?? match?.[3];
      return ip === undefined ? null : { family: 'inet', ...endpoint(ip, Number(match?.[1])) };
    }
    case 'UNIX': {
      const at = text.indexOf('sun_path=');
      const path = at < 0 ? null : readCString(text, text.indexOf('"', at));
      const isAbstract = text.startsWith('@', at + 'sun_path='.length);
      return { family: 'unix', path: `${isAbstract ? '@' : ''}${path === null ? '' : hostText(path.bytes).text}` };
    }
    default:
      return { family: 'other' };
  }
};
