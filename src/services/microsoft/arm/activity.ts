import { randomUUID } from 'node:crypto';
import type { Caller } from '../caller.ts';
import { isoTicks, type CloudContext } from '../context.ts';
import type { ApiRequest } from '../http/request.ts';
import type { Operation } from './operations.ts';

/** What one operation's records have in common. */
export interface Activity {
  readonly operation: Operation;
  /** Id of the resource, or of what it is below. */
  readonly scope: string;
  readonly caller: Caller;
  readonly request: ApiRequest;
  readonly correlationId: string;
  readonly operationId: string;
}

export type ActivityStatus = 'Start' | 'Accept' | 'Success' | 'Failure';

const signatures: Readonly<Record<ActivityStatus, string>> = {
  Start: 'Started.',
  Accept: 'Accepted.',
  Success: 'Succeeded.',
  Failure: 'Failed.',
};

/** One record of the activity log, as a subscription's diagnostic settings send it: names of resources and operations in capitals. */
export const logActivity = (
  { operation, scope, caller, request, correlationId, operationId }: Activity,
  status: ActivityStatus,
  subStatus: string,
  context: CloudContext,
): void => {
  const { tenant, subscription } = context.state.directory;
  const { user, application, objectId, azureRole } = caller;
  const time = isoTicks(context.now());
  const principal = objectId.replaceAll('-', '');
  context.log('azure.activitylogs', request.client, {
    time,
    resourceId: scope.toUpperCase(),
    operationName: operation.action.toUpperCase(),
    category: 'Administrative',
    resultType: status,
    resultSignature: `${signatures[status]}${subStatus}`,
    durationMs: '0',
    callerIpAddress: request.client.ip,
    correlationId,
    identity: {
      authorization: {
        scope,
        action: operation.action,
        evidence: {
          role: azureRole ?? '',
          roleAssignmentScope: `/subscriptions/${subscription.id}`,
          roleAssignmentId: principal,
          principalId: principal,
          principalType: user === null ? 'ServicePrincipal' : 'User',
        },
      },
      claims: textClaims(caller.claims),
    },
    level: status === 'Failure' ? 'Error' : 'Information',
    location: 'global',
    tenantId: tenant.id,
    properties: {
      eventCategory: 'Administrative',
      eventDataId: randomUUID(),
      operationId,
      operationDisplayName: operation.shown,
      caller: user?.upn ?? objectId,
      entity: scope,
      message: operation.action,
      hierarchy: `${tenant.id}/${subscription.id}`,
      statusCode: subStatus,
      httpRequest: {
        clientRequestId: request.header('x-ms-client-request-id') || operationId,
        clientIpAddress: request.client.ip,
        method: request.method,
      },
      applicationName: application.name,
      userAgent: request.header('user-agent'),
    },
  });
};

const textClaims = (claims: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(claims).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
  );
