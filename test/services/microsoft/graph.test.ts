import { expect } from 'chai';
import { directory, openCloud, passwordOf, type Answer, type Ask, type TestCloud } from './cloud.ts';

const { tenant } = directory;

describe('Microsoft Graph', () => {
  let cloud: TestCloud;
  beforeEach(async () => (cloud = await openCloud()));
  afterEach(() => cloud[Symbol.asyncDispose]());

  const as = async (name: string): Promise<(path: string, options?: Ask) => Promise<Answer>> => {
    const username = `${name}@${tenant.domain}`;
    const { body } = await cloud.ask(`https://login.microsoftonline.com/${tenant.id}/oauth2/v2.0/token`, {
      form: {
        ...{ grant_type: 'password', client_id: '14d82eec-204b-4c2f-b7e8-296a70dab67e', scope: 'User.Read' },
        ...{ username, password: passwordOf(username) },
      },
    });
    const headers = { Authorization: `Bearer ${String(body['access_token'])}` };
    return (path, options = {}) => cloud.ask(`https://graph.microsoft.com/v1.0${path}`, { ...options, headers });
  };

  const changes = (): readonly Readonly<Record<string, unknown>>[] =>
    cloud.records.filter(({ dataset }) => dataset === 'azure.auditlogs').map(({ record }) => record.properties ?? {});

  it('says who asks, and whom the directory has', async () => {
    const graph = await as('analyst1');
    expect((await graph('/me')).body).to.include({
      userPrincipalName: `analyst1@${tenant.domain}`,
      displayName: 'Ana Lyst',
    });
    expect((await graph('/users')).body['value']).to.have.length(directory.users.length);
    const [group] = directory.groups;
    expect((await graph(`/groups/${group?.id ?? ''}/members`)).body['value']).to.have.length(2);
    expect((await graph('/users/nobody')).body['error']).to.include({ code: 'Request_ResourceNotFound' });
    expect((await cloud.ask('https://graph.microsoft.com/v1.0/me')).body['error']).to.include({
      code: 'InvalidAuthenticationToken',
    });
  });

  it('logs a new account, its role and what becomes of it, with who did it from where', async () => {
    const graph = await as('admin');
    const created = await graph('/users', {
      json: {
        ...{ accountEnabled: true, displayName: 'Sup Port', userPrincipalName: `support@${tenant.domain}` },
        passwordProfile: { password: 'Turnstone-11' },
      },
    });
    expect(created.status).to.equal(201);
    const id = String(created.body['id']);
    const role = '62e90394-69f5-4237-9190-012177145e10';
    const assignment = { principalId: id, roleDefinitionId: role, directoryScopeId: '/' };
    expect((await graph('/roleManagement/directory/roleAssignments', { json: assignment })).status).to.equal(201);
    await graph(`/users/${id}`, { method: 'PATCH', json: { passwordProfile: { password: 'Turnstone-12' } } });
    await graph(`/users/${id}`, { method: 'PATCH', json: { accountEnabled: false } });
    await graph(`/users/${id}`, { method: 'DELETE' });
    expect(changes().map((one) => [one['category'], one['activityDisplayName']])).to.deep.equal([
      ['UserManagement', 'Add user'],
      ['RoleManagement', 'Add member to role'],
      ['UserManagement', 'Reset user password'],
      ['UserManagement', 'Disable account'],
      ['UserManagement', 'Delete user'],
    ]);
    const { initiatedBy, targetResources } = changes()[1] as {
      initiatedBy: { user: object };
      targetResources: { modifiedProperties: object[] }[];
    };
    expect(initiatedBy.user).to.include({ userPrincipalName: `admin@${tenant.domain}`, ipAddress: '127.0.0.1' });
    expect(targetResources[0]?.modifiedProperties[1]).to.deep.equal({
      ...{ displayName: 'Role.DisplayName', oldValue: null, newValue: '"Global Administrator"' },
    });
  });

  it('lets a new user sign in, and a user change the own password only with the old one', async () => {
    const graph = await as('analyst2');
    const change = (currentPassword: string): Promise<Answer> =>
      graph('/me/changePassword', { json: { currentPassword, newPassword: 'Turnstone-99' } });
    expect((await change('wrong')).status).to.equal(400);
    expect((await change(passwordOf(`analyst2@${tenant.domain}`))).status).to.equal(204);
    expect(changes().map((one) => one['activityDisplayName'])).to.deep.equal(['Change user password']);
  });

  it('refuses changes of who has no role for them', async () => {
    const graph = await as('developer');
    const refused = await graph('/users', { json: { displayName: 'x' } });
    expect([refused.status, (refused.body['error'] as { code: string }).code]).to.deep.equal([
      403,
      'Authorization_RequestDenied',
    ]);
    expect(changes()).to.deep.equal([]);
  });
});
