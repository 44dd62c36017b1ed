import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { createLocalJWKSet, exportJWK, generateKeyPair, jwtVerify, SignJWT, type JWK, type JWTPayload } from 'jose';
import type { Application, DirectoryUser } from '../../../model/directory.ts';

/** Whom a token speaks for. */
export type Subject =
  | { readonly kind: 'user'; readonly user: DirectoryUser; readonly client: Application; readonly scopes: string }
  | { readonly kind: 'application'; readonly client: Application };

/** What a token says, once its signature, its issuer and its times are right. */
export interface VerifiedToken {
  readonly audience: string;
  readonly objectId: string;
  readonly applicationId: string;
  /** Of a user; null for an application. */
  readonly upn: string | null;
  readonly claims: JWTPayload;
}

export interface Tokens {
  /** Public keys, as `jwks_uri` gives them. */
  readonly keys: { readonly keys: readonly JWK[] };
  /** Seconds that a token is good for. */
  readonly lifetime: number;
  access(subject: Subject, audience: string, address: string): Promise<{ readonly token: string; readonly id: string }>;
  identity(subject: Extract<Subject, { kind: 'user' }>, nonce: string | null): Promise<string>;
  /** Null for what this service did not issue, or what has expired. */
  verify(token: string): Promise<VerifiedToken | null>;
}

const lifetime = 3599;

/** `now` in milliseconds. */
export const createTokens = async (tenant: string, now: () => number): Promise<Tokens> => {
  const { publicKey, privateKey } = await generateKeyPair('RS256', { modulusLength: 2048 });
  const exported = await exportJWK(publicKey);
  const kid = createHash('sha1').update(JSON.stringify(exported)).digest('base64url');
  const keys = { keys: [{ ...exported, kid, use: 'sig', alg: 'RS256' }] };
  const keySet = createLocalJWKSet(keys);
  const issuer = `https://sts.windows.net/${tenant}/`;

  const sign = (claims: JWTPayload, issuedBy: string, audience: string): Promise<string> => {
    const seconds = Math.floor(now() / 1000);
    return new SignJWT(claims)
      .setProtectedHeader({ typ: 'JWT', alg: 'RS256', kid })
      .setIssuer(issuedBy)
      .setAudience(audience)
      .setIssuedAt(seconds)
      .setNotBefore(seconds)
      .setExpirationTime(seconds + lifetime)
      .sign(privateKey);
  };

  return {
    keys,
    lifetime,
    access: async (subject, audience, address) => {
      const id = randomBytes(16).toString('base64url');
      const claims = { ...claimsOf(subject), ipaddr: address, tid: tenant, uti: id, ver: '1.0' };
      return { id, token: await sign(claims, issuer, audience) };
    },
    identity: ({ user, client }, nonce) =>
      sign(
        {
          ...{ name: user.name, oid: user.id, preferred_username: user.upn, sub: user.id, tid: tenant, ver: '2.0' },
          ...(nonce === null ? {} : { nonce }),
          uti: randomUUID(),
        },
        `https://login.microsoftonline.com/${tenant}/v2.0`,
        client.id,
      ),
    verify: async (token) => {
      try {
        const { payload } = await jwtVerify(token, keySet, { issuer, currentDate: new Date(now()) });
        const text = (name: string): string => (typeof payload[name] === 'string' ? payload[name] : '');
        return {
          audience: String(payload.aud ?? ''),
          objectId: text('oid'),
          applicationId: text('appid'),
          upn: text('upn') === '' ? null : text('upn'),
          claims: payload,
        };
      } catch {
        // Of whatever kind: to a resource, a token is good or is none.
        return null;
      }
    },
  };
};

const claimsOf = (subject: Subject): JWTPayload => {
  const { client } = subject;
  const shared = { appid: client.id, app_displayname: client.name };
  if (subject.kind === 'application') {
    const id = client.servicePrincipal?.id ?? '';
    return { ...shared, appidacr: '1', idtyp: 'app', oid: id, sub: id };
  }
  const { user, scopes } = subject;
  return {
    ...shared,
    ...{ acr: '1', amr: ['pwd'], appidacr: client.isPublic ? '0' : '1', idtyp: 'user', name: user.name },
    ...{ oid: user.id, sub: user.id, scp: scopes, unique_name: user.upn, upn: user.upn },
  };
};
