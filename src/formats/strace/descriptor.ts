import { closingQuote, hostText, unescapeC } from './c-string.ts';
import { parseEndpoint, type Endpoint } from './socket-address.ts';

/** What `-yy` says of a file descriptor. */
export type Label =
  | { readonly kind: 'path'; readonly path: string }
  /** `inode` until the socket has an address; strace caches labels, so a socket bound before it connected never shows its peer. */
  | {
      readonly kind: 'socket';
      readonly protocol: 'tcp' | 'udp';
      readonly version: 4 | 6;
      readonly local: Endpoint | null;
      readonly peer: Endpoint | null;
    }
  | { readonly kind: 'other' };

export interface Descriptor {
  /** Negative for `AT_FDCWD`. */
  readonly fd: number;
  readonly label: Label | null;
}

export const atCwd = -100;

/** Index of the `>` that closes the label opened by `<` at `start`, or -1. */
export const labelEnd = (text: string, start: number): number => {
  // In a path strace escapes `<` and `>`; only a device adds a part of its own: `</dev/null<char 1:3>>`.
  // In any other label `->` stands between two addresses, and the paths of Unix sockets are quoted.
  const isPath = text.charCodeAt(start + 1) === 47;
  let depth = 0;
  for (let index = start + 1; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 34 && !isPath) {
      index = closingQuote(text, index);
      if (index < 0) return -1;
    } else if (code === 60) {
      depth++;
    } else if (code === 62 && (isPath || text.charCodeAt(index - 1) !== 45) && depth-- === 0) {
      return index;
    }
  }
  return -1;
};

const descriptorPattern = /^\s*(AT_FDCWD|-?\d+)(<)?/;

/** `5<TCP:[10.0.0.1:5000->1.2.3.4:80]>`, `AT_FDCWD</home/a>`, `3`. Null when it is no descriptor. */
export const parseDescriptor = (text: string): Descriptor | null => {
  const match = descriptorPattern.exec(text);
  if (match?.[1] === undefined) return null;
  const fd = match[1] === 'AT_FDCWD' ? atCwd : Number(match[1]);
  if (match[2] === undefined) return { fd, label: null };
  const start = match[0].length - 1;
  const end = labelEnd(text, start);
  return { fd, label: end < 0 ? null : parseLabel(text.slice(start + 1, end)) };
};

/** The label alone, without its angle brackets. */
export const parseLabel = (text: string): Label => {
  if (text.startsWith('/')) return { kind: 'path', path: labelPath(text) };
  const socket = /^(TCP|UDP)(v6)?:\[(.*)\]$/.exec(text);
  if (socket === null) return { kind: 'other' };
  const [local, peer] = (socket[3] ?? '').split('->');
  return {
    kind: 'socket',
    protocol: socket[1] === 'TCP' ? 'tcp' : 'udp',
    version: socket[2] === undefined ? 4 : 6,
    local: local === undefined ? null : parseEndpoint(local),
    peer: peer === undefined ? null : parseEndpoint(peer),
  };
};

const labelPath = (text: string): string => {
  const device = text.indexOf('<');
  const path = device < 0 ? text : text.slice(0, device);
  return path.includes('\\') ? hostText(unescapeC(path)).text : path;
};
