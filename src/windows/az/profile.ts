import { mkdirSync, readFileSync, writeFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { AzError } from './az-error.ts';

/** Who is signed in, as az keeps it between two of its runs. */
export interface Session {
  readonly user: { readonly name: string; readonly type: 'user' | 'servicePrincipal' };
  readonly tenant: string;
  readonly clientId: string;
  /** Of a user. */
  readonly refreshToken: string | null;
  /** Of a service principal. */
  readonly secret: string | null;
  readonly subscriptions: readonly Subscription[];
}

export interface Subscription {
  readonly id: string;
  readonly name: string;
  readonly tenantId: string;
  readonly state: string;
}

/** `%USERPROFILE%\.azure`: the profile is plain; the tokens, which Windows encrypts for the user, are only encoded here. */
export interface ProfileStore {
  read(): Session;
  write(session: Session): void;
  clear(): void;
}

export const openProfile = (folder: string): ProfileStore => {
  const profile = `${folder}/azureProfile.json`;
  const cache = `${folder}/msal_token_cache.bin`;
  return {
    read: () => {
      try {
        return JSON.parse(Buffer.from(readFileSync(cache, 'utf8'), 'base64').toString('utf8')) as Session;
      } catch {
        throw new AzError("Please run 'az login' to setup account.");
      }
    },
    write: (session) => {
      mkdirSync(dirname(cache), { recursive: true });
      writeFileSync(profile, JSON.stringify({ subscriptions: session.subscriptions.map((one) => show(one, session)) }));
      writeFileSync(cache, Buffer.from(JSON.stringify(session)).toString('base64'));
    },
    clear: () => {
      for (const file of [profile, cache]) rmSync(file, { force: true });
    },
  };
};

/** A subscription as `az account` shows it. */
export const show = ({ id, name, tenantId, state }: Subscription, { user, subscriptions }: Session): object => ({
  ...{
    cloudName: 'AzureCloud',
    homeTenantId: tenantId,
    id,
    isDefault: subscriptions[0]?.id === id,
    managedByTenants: [],
  },
  ...{ name, state, tenantId, user },
});
