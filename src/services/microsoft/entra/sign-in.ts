import { randomUUID } from 'node:crypto';
import type { Application, DirectoryUser } from '../../../model/directory.ts';
import type { ServiceClient } from '../../../model/service-log.ts';
import type { CloudContext } from '../context.ts';
import { isWithin } from '../networks.ts';
import type { EntraError } from './codes.ts';
import { blockedOrMfa, type PolicyOutcome } from './policies.ts';
import { renderSignIn } from './sign-in-record.ts';

/** One attempt to get a token, by whatever way. */
export interface SignInAttempt {
  readonly category: 'SignInLogs' | 'NonInteractiveUserSignInLogs' | 'ServicePrincipalSignInLogs';
  readonly client: ServiceClient;
  readonly userAgent: string;
  /** What was typed; the empty text for an application. */
  readonly upn: string;
  readonly user: DirectoryUser | null;
  readonly application: Application;
  readonly resource: Application;
  readonly protocol: 'ropc' | 'deviceCode' | 'oAuth2' | 'none';
  readonly clientApp: 'Browser' | 'Mobile Apps and Desktop clients';
  readonly correlationId: string;
}

export interface SignInOutcome {
  /** Null when it succeeded. */
  readonly error: EntraError | null;
  readonly id: string;
}

/**
 * Decides an attempt and logs it. `credentials` says what is wrong with what was presented; the tenant's policies come after that.
 * `succeed` makes the tokens, whose id the record names.
 */
export const signIn = async (
  attempt: SignInAttempt,
  credentials: EntraError | null,
  context: CloudContext,
  succeed: () => Promise<{ readonly id: string }>,
): Promise<SignInOutcome> => {
  const policies: PolicyOutcome =
    credentials === null && attempt.user !== null
      ? blockedOrMfa(attempt.user, attempt.resource, attempt.client.ip, context.state.directory)
      : { error: null, applied: [] };
  const error = credentials ?? policies.error;
  const tokenId = error === null ? (await succeed()).id : null;
  const id = randomUUID();
  const risk = context.state.directory.riskyNetworks.find(({ prefix }) => isWithin(attempt.client.ip, prefix)) ?? null;
  const record = renderSignIn(attempt, { id, error, tokenId, applied: policies.applied, risk }, context);
  context.log('azure.signinlogs', attempt.client, record);
  return { error, id };
};
