import { createHash } from 'node:crypto';
import type { DirectoryUser } from '../../../model/directory.ts';
import type { Caller } from '../caller.ts';
import type { CloudContext } from '../context.ts';
import { empty, type Reply } from '../http/reply.ts';
import { jsonBody, textOf, type ApiRequest } from '../http/request.ts';
import { logChange } from './audit.ts';
import { referredId } from './referred-id.ts';
import { badRequest, many, notFound, one } from './reply.ts';
import { roleId, roleTemplates } from './roles.ts';
import type { GraphRoute } from './routes.ts';

/** Both ways to give somebody a role: as a member of it, and as an assignment. */
export const roleRoutes = (context: CloudContext): readonly GraphRoute[] => {
  const { state } = context;

  const assign = (request: ApiRequest, caller: Caller, principal: string, template: string, done: Reply): Reply => {
    const role = roleTemplates.get(template.toLowerCase());
    const user = state.findUser(principal);
    if (role === undefined) return notFound(template);
    if (user === null) return notFound(principal);
    if (user.roles.includes(role))
      return badRequest(
        'A conflicting object with one or more of the specified property values is present in the directory.',
      );
    state.changeUser(user.id, { roles: [...user.roles, role] });
    logChange(
      {
        ...{ activity: 'Add member to role', category: 'RoleManagement', operation: 'Assign' },
        targets: [
          {
            ...{ id: user.id, displayName: user.name, type: 'User', userPrincipalName: user.upn },
            modified: [
              ['Role.ObjectID', undefined, template],
              ['Role.DisplayName', undefined, role],
              ['Role.TemplateId', undefined, template],
            ],
          },
          { id: template, displayName: role, type: 'Role' },
        ],
      },
      request,
      caller,
      context,
    );
    return done;
  };

  const definitions = [...roleTemplates].map(([id, displayName]) => ({
    id,
    displayName,
    isBuiltIn: true,
    templateId: id,
  }));
  const templateIn = (text: string): string => /roleTemplateId='?([0-9a-f-]+)'?/i.exec(text)?.[1] ?? text;

  return [
    {
      text: 'GET /roleManagement/directory/roleDefinitions',
      manage: null,
      handle: () => many('roleManagement/directory/roleDefinitions', definitions),
    },
    {
      text: 'GET /roleManagement/directory/roleAssignments',
      manage: null,
      handle: () => many('roleManagement/directory/roleAssignments', state.users.flatMap(assignmentsOf)),
    },
    {
      text: 'POST /roleManagement/directory/roleAssignments',
      manage: 'roles',
      handle: (request, _, caller) => {
        const body = jsonBody(request);
        const [principal, role] = [textOf(body?.['principalId']), textOf(body?.['roleDefinitionId'])];
        if (principal === null || role === null) return badRequest('principalId and roleDefinitionId are required.');
        const assignment = { id: assignmentId(principal, role), principalId: principal, roleDefinitionId: role };
        const shown = one(
          'roleManagement/directory/roleAssignments/$entity',
          { ...assignment, directoryScopeId: '/' },
          201,
        );
        return assign(request, caller, principal, role, shown);
      },
    },
    {
      text: 'GET /directoryRoles',
      manage: null,
      handle: () =>
        many(
          'directoryRoles',
          definitions.map(({ id, displayName }) => ({ id, displayName, roleTemplateId: id })),
        ),
    },
    {
      text: 'POST /directoryRoles/{role}/members/$ref',
      manage: 'roles',
      handle: (request, { role = '' }, caller) =>
        assign(request, caller, referredId(jsonBody(request)) ?? '', templateIn(role), empty(204)),
    },
    {
      text: 'POST /{role}/members/$ref',
      manage: 'roles',
      handle: (request, { role = '' }, caller) =>
        /^directoryRoles\(/i.test(role)
          ? assign(request, caller, referredId(jsonBody(request)) ?? '', templateIn(role), empty(204))
          : notFound(role),
    },
  ];
};

const assignmentId = (principal: string, role: string): string =>
  createHash('sha256').update(`${principal} ${role}`).digest('base64url').slice(0, 40);

const assignmentsOf = ({ id, roles }: DirectoryUser): readonly object[] =>
  roles.map((name) => ({
    id: assignmentId(id, roleId(name)),
    principalId: id,
    roleDefinitionId: roleId(name),
    directoryScopeId: '/',
  }));
