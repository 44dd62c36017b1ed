import type { CloudContext } from '../context.ts';
import { empty } from '../http/reply.ts';
import { jsonBody } from '../http/request.ts';
import { logChange } from './audit.ts';
import { referredId } from './referred-id.ts';
import { badRequest, many, notFound, one, showGroup, showUser } from './reply.ts';
import type { GraphRoute } from './routes.ts';

export const groupRoutes = (context: CloudContext): readonly GraphRoute[] => {
  const { state } = context;
  const find = (id: string) => state.groups.find((group) => group.id === id.toLowerCase()) ?? null;
  return [
    { text: 'GET /groups', manage: null, handle: () => many('groups', state.groups.map(showGroup)) },
    {
      text: 'GET /groups/{id}',
      manage: null,
      handle: (_, { id = '' }) => {
        const group = find(id);
        return group === null ? notFound(id) : one('groups/$entity', showGroup(group));
      },
    },
    {
      text: 'GET /groups/{id}/members',
      manage: null,
      handle: (_, { id = '' }) => {
        const group = find(id);
        const members = group?.members.flatMap((upn) => state.findUser(upn) ?? []) ?? [];
        return group === null ? notFound(id) : many('directoryObjects', members.map(showUser));
      },
    },
    {
      text: 'POST /groups/{id}/members/$ref',
      manage: 'groups',
      handle: (request, { id = '' }, caller) => {
        const group = find(id);
        const user = state.findUser(referredId(jsonBody(request)) ?? '');
        if (group === null) return notFound(id);
        if (user === null) return badRequest('The reference in @odata.id names no object of the directory.');
        state.changeGroup(group.id, [...new Set([...group.members, user.upn])]);
        logChange(
          {
            ...{ activity: 'Add member to group', category: 'GroupManagement', operation: 'Assign' },
            targets: [
              {
                ...{ id: user.id, displayName: user.name, type: 'User', userPrincipalName: user.upn },
                modified: [
                  ['Group.ObjectID', undefined, group.id],
                  ['Group.DisplayName', undefined, group.name],
                ],
              },
              { id: group.id, displayName: group.name, type: 'Group' },
            ],
          },
          request,
          caller,
          context,
        );
        return empty(204);
      },
    },
  ];
};
