import { randomUUID } from 'node:crypto';
import type { Caller } from '../caller.ts';
import { isoTicks, type CloudContext } from '../context.ts';
import type { ApiRequest } from '../http/request.ts';

export interface Target {
  readonly id: string;
  readonly displayName: string | null;
  readonly type: 'User' | 'Group' | 'Role';
  readonly userPrincipalName?: string;
  readonly modified?: readonly (readonly [name: string, before: unknown, after: unknown])[];
}

export interface DirectoryChange {
  /** As the portal shows it: `Add member to role`. */
  readonly activity: string;
  readonly category: 'UserManagement' | 'GroupManagement' | 'RoleManagement';
  readonly operation: 'Add' | 'Update' | 'Delete' | 'Assign';
  readonly targets: readonly Target[];
}

/** What the directory's audit log says of a change, as diagnostic settings send it. Values of properties are JSON in text. */
export const logChange = (
  change: DirectoryChange,
  request: ApiRequest,
  { user, application, objectId }: Caller,
  context: CloudContext,
): void => {
  const { tenant } = context.state.directory;
  const time = isoTicks(context.now());
  const correlationId = randomUUID();
  const initiatedBy =
    user === null
      ? {
          app: { appId: null, displayName: application.name, servicePrincipalId: objectId, servicePrincipalName: null },
        }
      : {
          user: {
            ...{ id: user.id, displayName: null, userPrincipalName: user.upn },
            ...{ ipAddress: request.client.ip, roles: [] },
          },
        };
  context.log('azure.auditlogs', request.client, {
    time,
    resourceId: `/tenants/${tenant.id}/providers/Microsoft.aadiam`,
    operationName: change.activity,
    operationVersion: '1.0',
    category: 'AuditLogs',
    tenantId: tenant.id,
    resultSignature: 'None',
    durationMs: 0,
    callerIpAddress: request.client.ip,
    correlationId,
    identity: user?.upn ?? application.name,
    Level: 4,
    properties: {
      id: `Directory_${correlationId}_${randomUUID().slice(0, 5).toUpperCase()}`,
      category: change.category,
      correlationId,
      result: 'success',
      resultReason: '',
      activityDisplayName: change.activity,
      activityDateTime: time,
      loggedByService: 'Core Directory',
      operationType: change.operation,
      initiatedBy,
      targetResources: change.targets.map(({ modified = [], ...target }) => ({
        ...target,
        modifiedProperties: modified.map(([displayName, before, after]) => ({
          displayName,
          oldValue: before === undefined ? null : JSON.stringify(before),
          newValue: after === undefined ? null : JSON.stringify(after),
        })),
        administrativeUnits: [],
      })),
      additionalDetails: [{ key: 'User-Agent', value: request.header('user-agent') }],
    },
  });
};
