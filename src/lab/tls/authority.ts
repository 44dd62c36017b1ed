import { createHash } from 'node:crypto';
import { AsnConvert } from '@peculiar/asn1-schema';
import type { Micros } from '../../model/event.ts';
import { issueCertificate, nameOf, type Subject } from './certificate.ts';

/** A certificate and its private key, both PEM. */
export interface ServerCertificate {
  readonly certificate: string;
  readonly key: string;
}

/** Who vouches for the names of a lab's internet, in this run and nowhere else. Its key is in memory only. */
export interface Authority {
  /** PEM. */
  readonly certificate: string;
  /** The name under which OpenSSL looks for it in a folder: `0a1b2c3d.0`. */
  readonly fileName: string;
  /** For a server of these DNS names and IPv4 addresses. */
  issue(names: readonly string[]): ServerCertificate;
  /** The same for a server that nobody vouches for. */
  issueSelfSigned(names: readonly string[]): ServerCertificate;
}

const organization = 'Lab Trust Services';

const authoritySubject: Subject = { O: organization, CN: 'Lab Root CA' };

const dayMs = 24 * 3600 * 1000;

/** However fast the clock of a drill runs, its hours stay within these. */
const validDays = { before: 30, after: 365 } as const;

export const createAuthority = (nowMicros: Micros): Authority => {
  const now = nowMicros / 1000;
  const validity = {
    validFrom: new Date(now - validDays.before * dayMs),
    validUntil: new Date(now + validDays.after * dayMs),
  };
  const root = issueCertificate({ subject: authoritySubject, names: null, ...validity }, null);
  const serve = (names: readonly string[], issuer: { subject: Subject; key: typeof root.key } | null) => {
    const subject = { O: issuer === null ? 'Internet Widgits Pty Ltd' : organization, CN: names[0] ?? '' };
    const { certificate, key } = issueCertificate({ subject, names, ...validity }, issuer);
    return { certificate, key: key.export({ type: 'pkcs8', format: 'pem' }).toString() };
  };
  return {
    certificate: root.certificate,
    fileName: `${subjectHash(authoritySubject)}.0`,
    issue: (names) => serve(names, { subject: authoritySubject, key: root.key }),
    issueSelfSigned: (names) => serve(names, null),
  };
};

/**
 * X509_NAME_hash of OpenSSL 1.0.0 and later: the first four bytes, read from the last, of the SHA-1 of the name's attributes as UTF-8
 * in lower case, without the sequence around them.
 */
const subjectHash = ({ O, CN }: Subject): string => {
  const canonical = nameOf({ O: O.toLowerCase(), CN: CN.toLowerCase() });
  const attributes = canonical.map((attribute) => Buffer.from(AsnConvert.serialize(attribute)));
  const digest = createHash('sha1').update(Buffer.concat(attributes)).digest();
  return digest.readUInt32LE(0).toString(16).padStart(8, '0');
};
