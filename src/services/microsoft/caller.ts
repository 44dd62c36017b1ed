import type { Application, AzureRole, DirectoryUser } from '../../model/directory.ts';
import type { CloudContext } from './context.ts';
import type { ApiRequest } from './http/request.ts';

/** Who presents a token: a user by way of an application, or an application alone. */
export interface Caller {
  readonly user: DirectoryUser | null;
  readonly application: Application;
  readonly objectId: string;
  readonly claims: Readonly<Record<string, unknown>>;
  /** Of the subscription. */
  readonly azureRole: AzureRole | null;
}

export type FoundCaller =
  | { readonly ok: true; readonly caller: Caller }
  | { readonly ok: false; readonly why: 'no-token' | 'bad-token' | 'wrong-audience' };

/** `audiences`: identifiers by which tokens for the resource are asked. */
export const findCaller = async (
  request: ApiRequest,
  audiences: readonly string[],
  { state, tokens }: CloudContext,
): Promise<FoundCaller> => {
  const [, token] = /^Bearer\s+(\S+)$/i.exec(request.header('authorization')) ?? [];
  if (token === undefined) return { ok: false, why: 'no-token' };
  const verified = await tokens.verify(token);
  if (verified === null) return { ok: false, why: 'bad-token' };
  if (!audiences.includes(verified.audience.replace(/\/+$/, ''))) return { ok: false, why: 'wrong-audience' };
  const application = state.findApplication(verified.applicationId);
  const user = verified.upn === null ? null : state.findUser(verified.objectId);
  // Who was removed since then has a token and is nobody.
  if (application === null || (verified.upn !== null && user === null)) return { ok: false, why: 'bad-token' };
  return {
    ok: true,
    caller: {
      ...{ user, application, objectId: verified.objectId, claims: verified.claims },
      azureRole: user === null ? (application.servicePrincipal?.azureRole ?? null) : user.azureRole,
    },
  };
};
