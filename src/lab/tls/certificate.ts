import {
  createHash,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  X509Certificate,
  type KeyObject,
} from 'node:crypto';
import { isIPv4 } from 'node:net';
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import {
  AlgorithmIdentifier,
  AttributeTypeAndValue,
  AttributeValue,
  AuthorityKeyIdentifier,
  BasicConstraints,
  Certificate,
  ExtendedKeyUsage,
  Extension,
  Extensions,
  GeneralName,
  id_ce_authorityKeyIdentifier,
  id_ce_basicConstraints,
  id_ce_extKeyUsage,
  id_ce_keyUsage,
  id_ce_subjectAltName,
  id_ce_subjectKeyIdentifier,
  id_kp_serverAuth,
  KeyIdentifier,
  KeyUsage,
  KeyUsageFlags,
  Name,
  RelativeDistinguishedName,
  SubjectAlternativeName,
  SubjectKeyIdentifier,
  SubjectPublicKeyInfo,
  TBSCertificate,
  Validity,
  Version,
} from '@peculiar/asn1-x509';

/** RFC 5758 §3.2. */
const ecdsaWithSha256 = '1.2.840.10045.4.3.2';

/** X.520. */
const attributeTypes = { O: '2.5.4.10', CN: '2.5.4.3' } as const;

export interface Subject {
  readonly O: string;
  readonly CN: string;
}

export interface CertificateRequest {
  readonly subject: Subject;
  readonly validFrom: Date;
  readonly validUntil: Date;
  /** DNS names and IPv4 addresses of a server; null for an authority. */
  readonly names: readonly string[] | null;
}

/** Who signs: an authority, or nobody but the certificate's own key. */
export interface Issuer {
  readonly subject: Subject;
  readonly key: KeyObject;
}

export interface IssuedCertificate {
  /** PEM. */
  readonly certificate: string;
  readonly key: KeyObject;
}

/** Makes a key (ECDSA, P-256) and the certificate of it (RFC 5280). Without an issuer it signs itself. */
export const issueCertificate = (request: CertificateRequest, issuer: Issuer | null): IssuedCertificate => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = new AlgorithmIdentifier({ algorithm: ecdsaWithSha256 });
  const signer = issuer ?? { subject: request.subject, key: privateKey };
  const signerIdentifier = new KeyIdentifier(keyIdentifier(createPublicKey(signer.key)));
  const body = new TBSCertificate({
    version: Version.v3,
    serialNumber: serialNumber(),
    signature: algorithm,
    issuer: nameOf(signer.subject),
    validity: new Validity({ notBefore: request.validFrom, notAfter: request.validUntil }),
    subject: nameOf(request.subject),
    subjectPublicKeyInfo: publicInfo(publicKey),
    extensions: new Extensions([
      ...(request.names === null ? authorityExtensions() : serverExtensions(request.names)),
      extension(id_ce_subjectKeyIdentifier, new SubjectKeyIdentifier(keyIdentifier(publicKey))),
      extension(id_ce_authorityKeyIdentifier, new AuthorityKeyIdentifier({ keyIdentifier: signerIdentifier })),
    ]),
  });
  const certificate = new Certificate({
    tbsCertificate: body,
    signatureAlgorithm: algorithm,
    signatureValue: exact(sign('sha256', Buffer.from(AsnConvert.serialize(body)), signer.key)),
  });
  const der = Buffer.from(AsnConvert.serialize(certificate));
  return { certificate: new X509Certificate(der).toString(), key: privateKey };
};

export const nameOf = (subject: Subject): Name =>
  new Name(
    Object.entries(attributeTypes).map(
      ([key, type]) =>
        new RelativeDistinguishedName([
          new AttributeTypeAndValue({ type, value: new AttributeValue({ utf8String: subject[key as keyof Subject] }) }),
        ]),
    ),
  );

const authorityExtensions = (): Extension[] => [
  extension(id_ce_basicConstraints, new BasicConstraints({ cA: true }), true),
  extension(id_ce_keyUsage, new KeyUsage(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign), true),
];

const serverExtensions = (names: readonly string[]): Extension[] => [
  extension(id_ce_basicConstraints, new BasicConstraints({ cA: false }), true),
  extension(id_ce_keyUsage, new KeyUsage(KeyUsageFlags.digitalSignature), true),
  extension(id_ce_extKeyUsage, new ExtendedKeyUsage([id_kp_serverAuth])),
  extension(
    id_ce_subjectAltName,
    new SubjectAlternativeName(
      names.map((name) => new GeneralName(isIPv4(name) ? { iPAddress: name } : { dNSName: name })),
    ),
  ),
];

const extension = (extnID: string, value: object, critical = false): Extension =>
  new Extension({ extnID, critical, extnValue: new OctetString(AsnConvert.serialize(value)) });

const publicInfo = (key: KeyObject): SubjectPublicKeyInfo =>
  AsnConvert.parse(key.export({ type: 'spki', format: 'der' }), SubjectPublicKeyInfo);

/** RFC 5280 §4.2.1.2, its first method. Some clients refuse certificates without. */
const keyIdentifier = (key: KeyObject): ArrayBuffer =>
  exact(
    createHash('sha1')
      .update(Buffer.from(publicInfo(key).subjectPublicKey))
      .digest(),
  );

/** RFC 5280 §4.1.2.2: positive, at most 20 octets. */
const serialNumber = (): ArrayBuffer => {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return exact(bytes);
};

/** Its own bytes alone: a Buffer is often a part of a larger one. */
const exact = (bytes: Uint8Array): ArrayBuffer => Uint8Array.from(bytes).buffer;
