import { createHash } from 'node:crypto';

/** Security identifiers, made from names so that a host has the same ones in every run. */
const authorityOf = (name: string): string => {
  const hash = createHash('sha256').update(name.toUpperCase()).digest();
  return [0, 4, 8].map((offset) => hash.readUInt32LE(offset)).join('-');
};

/** A user's: of the domain's authority, or of the computer's for a local account. Accounts that people make start at 1000. */
export const userSid = (domain: string, user: string): string => {
  const relative = 1000 + (createHash('sha256').update(user.toUpperCase()).digest().readUInt32LE(0) % 9000);
  return `S-1-5-21-${authorityOf(domain)}-${relative}`;
};
