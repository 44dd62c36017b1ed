import type { DirectoryUser } from '../../../model/directory.ts';
import type { CloudContext } from '../context.ts';
import { equal } from '../directory-state.ts';
import { empty, type Reply } from '../http/reply.ts';
import { jsonBody, textOf, type ApiRequest } from '../http/request.ts';
import { logChange, type Target } from './audit.ts';
import { badRequest, graphError, many, notFound, one, showUser } from './reply.ts';
import type { GraphRoute } from './routes.ts';

const targetOf = (user: DirectoryUser, modified: Target['modified'] = []): Target => ({
  ...{ id: user.id, displayName: user.name, type: 'User', userPrincipalName: user.upn, modified },
});

const passwordIn = (body: Readonly<Record<string, unknown>>): string | null => {
  const profile = body['passwordProfile'];
  return typeof profile === 'object' && profile !== null && 'password' in profile ? textOf(profile.password) : null;
};

export const userRoutes = (context: CloudContext): readonly GraphRoute[] => {
  const { state } = context;
  const find = (id: string, answer: (user: DirectoryUser) => Reply): Reply => {
    const user = state.findUser(id);
    return user === null ? notFound(id) : answer(user);
  };

  const create = (request: ApiRequest, caller: Parameters<GraphRoute['handle']>[2]): Reply => {
    const body = jsonBody(request);
    const [upn, name] = [textOf(body?.['userPrincipalName']), textOf(body?.['displayName'])];
    const password = body === null ? null : passwordIn(body);
    if (body === null || upn === null || name === null || password === null)
      return badRequest('A value is required for userPrincipalName, displayName and passwordProfile.password.');
    if (!upn.endsWith(`@${state.directory.tenant.domain}`))
      return badRequest('The domain portion of the userPrincipalName property is invalid.');
    if (state.findUser(upn) !== null)
      return badRequest('Another object with the same value for property userPrincipalName already exists.');
    const isEnabled = body['accountEnabled'] !== false;
    const user = state.addUser({
      ...{ upn, name, password, roles: [], azureRole: null },
      state: isEnabled ? 'enabled' : 'disabled',
    });
    const modified: Target['modified'] = [
      ['AccountEnabled', [], [isEnabled]],
      ['DisplayName', [], [name]],
      ['UserPrincipalName', [], [upn]],
    ];
    const change = { activity: 'Add user', category: 'UserManagement', operation: 'Add' } as const;
    logChange({ ...change, targets: [targetOf(user, modified)] }, request, caller, context);
    return one('users/$entity', showUser(user), 201);
  };

  const update = (request: ApiRequest, id: string, caller: Parameters<GraphRoute['handle']>[2]): Reply =>
    find(id, (user) => {
      const body = jsonBody(request);
      if (body === null) return badRequest('Unable to read JSON request payload.');
      const password = passwordIn(body);
      const enabled = typeof body['accountEnabled'] === 'boolean' ? body['accountEnabled'] : null;
      const name = textOf(body['displayName']);
      const changed = state.changeUser(user.id, {
        ...(password === null ? {} : { password }),
        ...(enabled === null ? {} : { state: enabled ? ('enabled' as const) : ('disabled' as const) }),
        ...(name === null ? {} : { name }),
      });
      const log = (activity: string, modified: Target['modified'] = []): void => {
        const change = { activity, category: 'UserManagement', operation: 'Update' } as const;
        logChange({ ...change, targets: [targetOf(changed ?? user, modified)] }, request, caller, context);
      };
      if (password !== null) log('Reset user password');
      if (enabled !== null)
        log(enabled ? 'Enable account' : 'Disable account', [
          ['AccountEnabled', [user.state !== 'disabled'], [enabled]],
        ]);
      if (name !== null) log('Update user', [['DisplayName', [user.name], [name]]]);
      return empty(204);
    });

  return [
    {
      text: 'GET /me',
      manage: null,
      handle: (_, __, { user }) =>
        user === null
          ? badRequest('/me request is only valid with delegated authentication flow.')
          : one('users/$entity', showUser(user)),
    },
    {
      text: 'POST /me/changePassword',
      manage: null,
      handle: (request, _, caller) => {
        const { user } = caller;
        const body = jsonBody(request);
        const [current, next] = [textOf(body?.['currentPassword']), textOf(body?.['newPassword'])];
        if (user === null || current === null || next === null)
          return badRequest('currentPassword and newPassword of a user are required.');
        if (!equal(current, user.password))
          return graphError(400, 'invalidPassword', 'The specified password does not match the current one.');
        state.changeUser(user.id, { password: next });
        const change = { activity: 'Change user password', category: 'UserManagement', operation: 'Update' } as const;
        logChange({ ...change, targets: [targetOf(user)] }, request, caller, context);
        return empty(204);
      },
    },
    { text: 'GET /users', manage: null, handle: () => many('users', state.users.map(showUser)) },
    {
      text: 'GET /users/{id}',
      manage: null,
      handle: (_, { id = '' }) => find(id, (user) => one('users/$entity', showUser(user))),
    },
    { text: 'POST /users', manage: 'users', handle: (request, _, caller) => create(request, caller) },
    {
      text: 'PATCH /users/{id}',
      manage: 'users',
      handle: (request, { id = '' }, caller) => update(request, id, caller),
    },
    {
      text: 'DELETE /users/{id}',
      manage: 'users',
      handle: (request, { id = '' }, caller) =>
        find(id, (user) => {
          state.removeUser(user.id);
          const change = { activity: 'Delete user', category: 'UserManagement', operation: 'Delete' } as const;
          logChange({ ...change, targets: [targetOf(user)] }, request, caller, context);
          return empty(204);
        }),
    },
  ];
};
