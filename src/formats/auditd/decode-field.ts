import type { AuditField } from './parse-fields.ts';
import { decodeSocketAddress } from './socket-address.ts';

/** Fields that hold text which a user chose, and are hexadecimal when it needs more than quotes. Source: audit's field dictionary. */
const escapedFields = new Set(
  ['acct', 'cmd', 'comm', 'cwd', 'data', 'dir', 'exe', 'file', 'grp', 'key', 'name', 'new_group', 'ocomm'].concat([
    'path',
    'proctitle',
    'root_dir',
    'vm',
    'watch',
    'new-chardev',
    'new-disk',
    'new-fs',
    'old-disk',
    'old-fs',
  ]),
);

const hexadecimal = /^(?:[0-9A-F]{2})+$/;

/** A bare value, as text. A socket's address keeps its bytes, and its parts follow as an enriched record has them. */
export const decodeField = (type: string, name: string, value: string): readonly AuditField[] => {
  if (name === 'saddr') return [[name, value], ...decodeSocketAddress(value)];
  const isEscaped = escapedFields.has(name) || (type === 'EXECVE' && /^a\d+(?:\[\d+\])?$/.test(name));
  return [[name, isEscaped && hexadecimal.test(value) ? textOf(value) : value]];
};

/** The arguments of a process title are apart by zeros. */
const textOf = (hex: string): string =>
  Buffer.from(hex, 'hex').toString('utf8').replace(/\0+$/, '').replaceAll('\0', ' ');
