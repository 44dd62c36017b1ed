import { randomBytes } from 'node:crypto';
import type { Application, DirectoryUser } from '../../../model/directory.ts';

/** What users have allowed and not yet used up. In memory: it goes with the service, as sessions do. */
export interface Grants {
  /** A code of the authorization endpoint: good once. */
  issueCode(grant: CodeGrant): string;
  redeemCode(code: string): CodeGrant | null;
  issueRefresh(grant: RefreshGrant): string;
  findRefresh(token: string): RefreshGrant | null;
  startDevice(grant: Omit<DeviceGrant, 'userCode' | 'user'>): {
    readonly deviceCode: string;
    readonly grant: DeviceGrant;
  };
  findDevice(deviceCode: string): DeviceGrant | null;
  /** The user typed the code and signed in. False when there is no such code. */
  approveDevice(userCode: string, user: DirectoryUser): boolean;
  findUserCode(userCode: string): DeviceGrant | null;
  endDevice(deviceCode: string): void;
}

export interface CodeGrant {
  readonly user: DirectoryUser;
  readonly application: Application;
  readonly resource: Application;
  readonly audience: string;
  readonly scopes: string;
  readonly redirect: string;
  readonly nonce: string | null;
  readonly challenge: { readonly method: string; readonly value: string } | null;
}

export type RefreshGrant = Pick<CodeGrant, 'user' | 'application' | 'scopes'>;

export interface DeviceGrant {
  readonly userCode: string;
  readonly application: Application;
  readonly resource: Application;
  readonly audience: string;
  readonly scopes: string;
  /** Milliseconds since 1970. */
  readonly expires: number;
  user: DirectoryUser | null;
}

const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

export const createGrants = (): Grants => {
  const codes = new Map<string, CodeGrant>();
  const refreshes = new Map<string, RefreshGrant>();
  const devices = new Map<string, DeviceGrant>();
  const secret = (prefix: string): string => `${prefix}${randomBytes(48).toString('base64url')}`;
  const byUserCode = (userCode: string): DeviceGrant | null =>
    [...devices.values()].find((grant) => grant.userCode === userCode.trim().toUpperCase()) ?? null;
  return {
    issueCode: (grant) => {
      const code = secret('0.');
      codes.set(code, grant);
      return code;
    },
    redeemCode: (code) => {
      const grant = codes.get(code) ?? null;
      codes.delete(code);
      return grant;
    },
    issueRefresh: (grant) => {
      const token = secret('1.');
      refreshes.set(token, grant);
      return token;
    },
    findRefresh: (token) => refreshes.get(token) ?? null,
    startDevice: (asked) => {
      const userCode = [...randomBytes(9)].map((byte) => letters[byte % letters.length] ?? '').join('');
      const deviceCode = secret('D');
      const grant = { ...asked, userCode, user: null };
      devices.set(deviceCode, grant);
      return { deviceCode, grant };
    },
    findDevice: (deviceCode) => devices.get(deviceCode) ?? null,
    findUserCode: byUserCode,
    approveDevice: (userCode, user) => {
      const grant = byUserCode(userCode);
      if (grant !== null) grant.user = user;
      return grant !== null;
    },
    endDevice: (deviceCode) => void devices.delete(deviceCode),
  };
};
