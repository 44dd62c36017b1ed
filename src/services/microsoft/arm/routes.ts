import type { Caller } from '../caller.ts';
import type { CloudContext } from '../context.ts';
import { empty, json, type Reply } from '../http/reply.ts';
import { jsonBody, textOf, type ApiRequest } from '../http/request.ts';
import { route, type Parameters, type Route } from '../http/routes.ts';
import { logActivity, type Activity } from './activity.ts';
import { deploymentStatus, putDeployment } from './deployments.ts';
import { guarded, mayWrite, type ArmHandler } from './guard.ts';
import { createLongRunning } from './long-running.ts';
import {
  deleteOf,
  findType,
  groupDelete,
  groupWrite,
  machineActions,
  writeOf,
  type ResourceType,
} from './operations.ts';
import { putResource, type ArmState } from './put-resource.ts';
import { badContent, groupNotFound, notFound, unknownType } from './reply.ts';
import { createResources, showGroup, showResource, type ResourceGroup } from './resources.ts';
import { roleAssignmentRoutes } from './role-assignments.ts';

export const armRoutes = (context: CloudContext): readonly Route[] => {
  const state: ArmState = { context, resources: createResources(), operations: createLongRunning(context) };
  const { subscription, tenant } = context.state.directory;
  const on = (text: string, handle: ArmHandler): Route => route(text, guarded(context, handle));
  const shownSubscription = {
    ...{ id: `/subscriptions/${subscription.id}`, subscriptionId: subscription.id, tenantId: tenant.id },
    ...{ displayName: subscription.name, state: 'Enabled', authorizationSource: 'RoleBased' },
  };
  return [
    on('GET /tenants', () =>
      json(200, {
        value: [
          { id: `/tenants/${tenant.id}`, tenantId: tenant.id, displayName: tenant.name, defaultDomain: tenant.domain },
        ],
      }),
    ),
    // Who has no role sees no subscription.
    on('GET /subscriptions', (_, __, { azureRole }) =>
      json(200, { value: azureRole === null ? [] : [shownSubscription] }),
    ),
    on('GET /subscriptions/{subscription}', () => json(200, shownSubscription)),
    on('GET /subscriptions/{subscription}/providers/Microsoft.Resources/operations/{id}', (_, { id = '' }) => {
      const status = state.operations.statusOf(id);
      return status === null ? notFound(id) : json(200, { id, name: id, status });
    }),
    ...roleAssignmentRoutes(state, on),
    ...groupRoutes(state, on),
    ...deploymentRoutes(state, on),
    ...resourceRoutes(state, on),
  ];
};

type On = (text: string, handle: ArmHandler) => Route;

/** What is accepted now and done a little later; each step is logged. */
const accept = (activity: Activity, { context, operations }: ArmState, finish: () => unknown): Reply => {
  logActivity(activity, 'Start', '', context);
  logActivity(activity, 'Accept', 'Accepted', context);
  const headers = operations.start(() => {
    finish();
    logActivity(activity, 'Success', 'OK', context);
  });
  return empty(202, headers);
};

const groupPath = '/subscriptions/{subscription}/resourceGroups/{group}';

const groupRoutes = (state: ArmState, on: On): readonly Route[] => {
  const { context, resources } = state;
  const idOf = (name: string): string =>
    `/subscriptions/${context.state.directory.subscription.id}/resourceGroups/${name}`;
  return [
    on('GET /subscriptions/{subscription}/resourceGroups', () =>
      json(200, { value: resources.groups().map(showGroup) }),
    ),
    on(`GET ${groupPath}`, (_, { group = '' }) => {
      const found = resources.group(group);
      return found === null ? groupNotFound(group) : json(200, showGroup(found));
    }),
    on(`HEAD ${groupPath}`, (_, { group = '' }) => empty(resources.group(group) === null ? 404 : 204)),
    on(`PUT ${groupPath}`, (request, { group = '' }, caller) => {
      const id = resources.group(group)?.id ?? idOf(group);
      const allowed = mayWrite(groupWrite, id, request, caller, context);
      if (!allowed.ok) return allowed.reply;
      const location = textOf(jsonBody(request)?.['location']);
      if (location === null) return badContent("The 'location' property is required for this definition.");
      logActivity(allowed.activity, 'Start', '', context);
      const made: ResourceGroup = { id, name: group, location, tags: {} };
      const { isNew } = resources.putGroup(made);
      logActivity(allowed.activity, 'Success', isNew ? 'Created' : 'OK', context);
      return json(isNew ? 201 : 200, showGroup(made));
    }),
    on(`DELETE ${groupPath}`, (request, { group = '' }, caller) => {
      const found = resources.group(group);
      if (found === null) return groupNotFound(group);
      const allowed = mayWrite(groupDelete, found.id, request, caller, context);
      if (!allowed.ok) return allowed.reply;
      return accept(allowed.activity, state, () => resources.removeGroup(group));
    }),
  ];
};

const deploymentRoutes = (state: ArmState, on: On): readonly Route[] => {
  const { resources } = state;
  const path = `${groupPath}/providers/Microsoft.Resources/deployments/{name}`;
  const idIn = (group: string, name: string): string =>
    `${resources.group(group)?.id ?? ''}/providers/Microsoft.Resources/deployments/${name}`;
  return [
    on(`PUT ${path}`, (request, { group = '', name = '' }, caller) => {
      const found = resources.group(group);
      return found === null ? groupNotFound(group) : putDeployment(request, name, found, caller, state);
    }),
    on(`GET ${path}`, (_, { group = '', name = '' }) => {
      const found = resources.find(idIn(group, name));
      return found === null ? notFound(name) : json(200, showResource(found));
    }),
    on(
      `GET ${path}/operationStatuses/{id}`,
      (_, { group = '', name = '' }) => deploymentStatus(idIn(group, name), state) ?? notFound(name),
    ),
  ];
};

const resourceRoutes = (state: ArmState, on: On): readonly Route[] => {
  const { context, resources } = state;
  const path = `${groupPath}/providers/{provider}/{type}/{name}`;

  const within = (
    { group = '', provider = '', type: kind = '', name = '' }: Parameters,
    answer: (id: string, type: ResourceType, found: ResourceGroup) => Reply,
  ): Reply => {
    const found = resources.group(group);
    const type = findType(`${provider}/${kind}`);
    if (type === null) return unknownType(`${provider}/${kind}`);
    return found === null ? groupNotFound(group) : answer(`${found.id}/providers/${type.name}/${name}`, type, found);
  };

  const put = (request: ApiRequest, parameters: Parameters, caller: Caller): Reply =>
    within(parameters, (id, type) => {
      const allowed = mayWrite(writeOf(type), id, request, caller, context);
      if (!allowed.ok) return allowed.reply;
      const body = jsonBody(request);
      if (body === null) return badContent('The request content was invalid and could not be deserialized.');
      return putResource({ id, name: parameters['name'] ?? '', type, body }, allowed.activity, state);
    });

  const remove = (request: ApiRequest, parameters: Parameters, caller: Caller): Reply =>
    within(parameters, (id, type) => {
      if (resources.find(id) === null) return empty(204);
      const allowed = mayWrite(deleteOf(type), id, request, caller, context);
      if (!allowed.ok) return allowed.reply;
      return accept(allowed.activity, state, () => resources.remove(id));
    });

  const act = (request: ApiRequest, parameters: Parameters, caller: Caller): Reply =>
    within(parameters, (id, type) => {
      const action = parameters['action'] ?? '';
      const shown = machineActions.get(action.toLowerCase());
      if (type.name !== 'Microsoft.Compute/virtualMachines' || shown === undefined) return notFound(`${id}/${action}`);
      if (resources.find(id) === null) return notFound(id);
      const allowed = mayWrite({ action: `${type.name}/${action}/action`, shown }, id, request, caller, context);
      if (!allowed.ok) return allowed.reply;
      return accept(allowed.activity, state, () => undefined);
    });

  const list = (below: string, type: string | null): Reply =>
    json(200, { value: resources.list(below, type).map(showResource) });
  const subscriptionId = `/subscriptions/${context.state.directory.subscription.id}`;

  return [
    on(`GET ${path}`, (_, parameters) =>
      within(parameters, (id) => {
        const found = resources.find(id);
        return found === null ? notFound(id) : json(200, showResource(found));
      }),
    ),
    on(`PUT ${path}`, put),
    on(`DELETE ${path}`, remove),
    on(`POST ${path}/{action}`, act),
    on(`GET ${groupPath}/resources`, (_, { group = '' }) => list(resources.group(group)?.id ?? '', null)),
    on(`GET ${groupPath}/providers/{provider}/{type}`, (_, { group = '', provider = '', type = '' }) =>
      list(resources.group(group)?.id ?? '', `${provider}/${type}`),
    ),
    on('GET /subscriptions/{subscription}/resources', () => list(subscriptionId, null)),
    on('GET /subscriptions/{subscription}/providers/{provider}/{type}', (_, { provider = '', type = '' }) =>
      list(subscriptionId, `${provider}/${type}`),
    ),
  ];
};
