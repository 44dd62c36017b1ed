import { randomUUID } from 'node:crypto';
import { findCaller, type Caller } from '../caller.ts';
import type { CloudContext } from '../context.ts';
import type { Reply } from '../http/reply.ts';
import type { ApiRequest } from '../http/request.ts';
import type { Parameters } from '../http/routes.ts';
import { logActivity, type Activity } from './activity.ts';
import type { Operation } from './operations.ts';
import { armError } from './reply.ts';

const audiences = [
  'https://management.azure.com',
  'https://management.core.windows.net',
  '797f4846-ba00-4fd7-ba43-dac1f8f63013',
];

export type ArmHandler = (request: ApiRequest, parameters: Parameters, caller: Caller) => Promise<Reply> | Reply;

/** Everybody but those without a token of this tenant's for this resource, or without a role in this subscription. */
export const guarded =
  (context: CloudContext, handle: ArmHandler) =>
  async (request: ApiRequest, parameters: Parameters): Promise<Reply> => {
    const found = await findCaller(request, audiences, context);
    if (!found.ok) {
      const [code, message] =
        found.why === 'no-token'
          ? ['AuthenticationFailed', "Authentication failed. The 'Authorization' header is missing."]
          : ['InvalidAuthenticationToken', 'The access token is invalid.'];
      return {
        ...armError(401, code, message),
        headers: { 'WWW-Authenticate': 'Bearer', 'Content-Type': 'application/json' },
      };
    }
    const { subscription } = context.state.directory;
    const named = parameters['subscription'];
    if (named !== undefined && named.toLowerCase() !== subscription.id)
      return armError(404, 'SubscriptionNotFound', `The subscription '${named}' could not be found.`);
    if (request.query.get('api-version') === null)
      return armError(
        400,
        'MissingApiVersionParameter',
        'The api-version query parameter (?api-version=) is required for all requests.',
      );
    return handle(request, parameters, found.caller);
  };

/** Who may not change a resource is told so, and the attempt is in the activity log as a failure. */
export const mayWrite = (
  operation: Operation,
  scope: string,
  request: ApiRequest,
  caller: Caller,
  context: CloudContext,
): { readonly ok: true; readonly activity: Activity } | { readonly ok: false; readonly reply: Reply } => {
  const ids = {
    correlationId: request.header('x-ms-correlation-request-id') || randomUUID(),
    operationId: randomUUID(),
  };
  const activity = { operation, scope, caller, request, ...ids };
  const needsOwner = operation.action.startsWith('Microsoft.Authorization/');
  const { azureRole, user, objectId } = caller;
  if (azureRole === 'Owner' || (azureRole === 'Contributor' && !needsOwner)) return { ok: true, activity };
  logActivity(activity, 'Failure', 'Forbidden', context);
  const message = `The client '${user?.upn ?? objectId}' with object id '${objectId}' does not have authorization to perform action '${operation.action}' over scope '${scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.`;
  return { ok: false, reply: armError(403, 'AuthorizationFailed', message) };
};
