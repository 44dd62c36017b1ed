import type { AzureRole } from '../../../model/directory.ts';
import { json } from '../http/reply.ts';
import { jsonBody, textOf } from '../http/request.ts';
import type { Route } from '../http/routes.ts';
import { logActivity } from './activity.ts';
import { mayWrite, type ArmHandler } from './guard.ts';
import { assignmentWrite } from './operations.ts';
import type { ArmState } from './put-resource.ts';
import { armError, badContent } from './reply.ts';

/** Built-in roles, whose ids are the same everywhere. Source: Azure's reference of built-in roles. */
const roles: ReadonlyMap<string, AzureRole> = new Map([
  ['8e3af657-a8ff-443c-a75c-2fe8c4bcb635', 'Owner'],
  ['b24988ac-6180-42a0-ab88-20f7382dd24c', 'Contributor'],
  ['acdd72a7-3385-48ef-bd42-f606fba81ae7', 'Reader'],
]);

export const roleAssignmentRoutes = (
  { context }: ArmState,
  on: (text: string, handle: ArmHandler) => Route,
): readonly Route[] => {
  const { state } = context;
  const scope = `/subscriptions/${state.directory.subscription.id}`;
  const path = '/subscriptions/{subscription}/providers/Microsoft.Authorization';
  const definitionOf = (role: string): string => `${scope}/providers/Microsoft.Authorization/roleDefinitions/${role}`;
  return [
    on(`GET ${path}/roleDefinitions`, (request) => {
      const wanted = /roleName eq '([^']+)'/.exec(request.query.get('$filter') ?? '')?.[1];
      const found = [...roles].filter(([, name]) => wanted === undefined || name === wanted);
      return json(200, {
        value: found.map(([id, roleName]) => ({
          ...{ id: definitionOf(id), name: id, type: 'Microsoft.Authorization/roleDefinitions' },
          properties: { roleName, type: 'BuiltInRole' },
        })),
      });
    }),
    on(`PUT ${path}/roleAssignments/{name}`, (request, { name = '' }, caller) => {
      const id = `${scope}/providers/Microsoft.Authorization/roleAssignments/${name}`;
      const allowed = mayWrite(assignmentWrite, id, request, caller, context);
      if (!allowed.ok) return allowed.reply;
      const given = jsonBody(request)?.['properties'];
      const properties = typeof given === 'object' && given !== null ? (given as Record<string, unknown>) : {};
      const role = roles.get(textOf(properties['roleDefinitionId'])?.split('/').at(-1)?.toLowerCase() ?? '');
      const principal = textOf(properties['principalId']);
      if (role === undefined || principal === null) return badContent('roleDefinitionId and principalId are required.');
      const user = state.findUser(principal);
      if (user === null)
        return armError(
          400,
          'PrincipalNotFound',
          `Principal ${principal} does not exist in the directory ${state.directory.tenant.id}.`,
        );
      logActivity(allowed.activity, 'Start', '', context);
      state.changeUser(user.id, { azureRole: role });
      logActivity(allowed.activity, 'Success', 'Created', context);
      return json(201, {
        ...{ id, name, type: 'Microsoft.Authorization/roleAssignments' },
        properties: { ...properties, scope, principalType: 'User' },
      });
    }),
  ];
};
