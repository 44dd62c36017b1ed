import { decodeField } from './decode-field.ts';
import type { AuditRecord } from './parse-record.ts';

export type AuditField = readonly [name: string, value: string];

/** Separates an enriched record's fields from what auditd resolved. */
const separator = '\x1d';

// A name begins where another could not have gone on, so that a long word without `=` is read once.
const field = /(?<=^|[\s,'{])([^\s=,'{]+)=(?:"([^"]*)"|'([^']*)'|\{([^}]*)\}|([^\s]*))/g;

/**
 * The fields of a record, in order. A quoted message has fields of its own; hexadecimal text, which auditd writes for names with
 * blanks or quotes in them, is decoded; an enriched record's resolved fields follow under their own (upper-case) names.
 */
export const parseAuditFields = (type: string, body: string): readonly AuditField[] => {
  const fields: AuditField[] = [];
  for (const part of body.split(separator)) addFields(fields, { type, body }, part);
  return joinPieces(fields);
};

const addFields = (fields: AuditField[], record: Pick<AuditRecord, 'type' | 'body'>, text: string): void => {
  for (const [, name = '', quoted, message, resolved, bare] of text.matchAll(field)) {
    if (quoted !== undefined) fields.push([name, quoted]);
    else if (message !== undefined && name === 'msg') addFields(fields, record, message);
    else if (message !== undefined) fields.push([name, message]);
    else if (resolved !== undefined) addFields(fields, record, resolved);
    else if (bare !== undefined && name === 'saddr' && record.body.includes('SADDR=')) fields.push([name, bare]);
    else if (bare !== undefined) for (const decoded of decodeField(record.type, name, bare)) fields.push(decoded);
  }
};

/** Long arguments come in pieces: `a1_len=9000 a1[0]=… a1[1]=…`. */
const joinPieces = (fields: readonly AuditField[]): readonly AuditField[] => {
  if (!fields.some(([name]) => name.endsWith(']'))) return fields;
  const joined = new Map<string, string>();
  const others: AuditField[] = [];
  for (const [name, value] of fields) {
    const argument = /^(a\d+)\[\d+\]$/.exec(name)?.[1];
    if (argument === undefined) others.push([name, value]);
    else joined.set(argument, (joined.get(argument) ?? '') + value);
  }
  return [...others, ...joined];
};
