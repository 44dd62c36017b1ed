import { json, type Reply } from '../http/reply.ts';
import { jsonBody, type ApiRequest } from '../http/request.ts';
import { logActivity } from './activity.ts';
import { mayWrite } from './guard.ts';
import { deploymentWrite, findType, writeOf } from './operations.ts';
import { putResource, type ArmState } from './put-resource.ts';
import { armError, badContent, unknownType } from './reply.ts';
import { renderTemplate, TemplateError } from './template.ts';
import type { Caller } from '../caller.ts';
import type { ResourceGroup } from './resources.ts';

type Part = Readonly<Record<string, unknown>>;

const isPart = (value: unknown): value is Part => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every resource of a template, one after another, in one group. */
export const putDeployment = (
  request: ApiRequest,
  name: string,
  group: ResourceGroup,
  caller: Caller,
  state: ArmState,
): Reply => {
  const { context, resources, operations } = state;
  const id = `${group.id}/providers/Microsoft.Resources/deployments/${name}`;
  const allowed = mayWrite(deploymentWrite, id, request, caller, context);
  if (!allowed.ok) return allowed.reply;
  const given = jsonBody(request)?.['properties'];
  const template = isPart(given) ? given['template'] : undefined;
  if (!isPart(given) || !isPart(template) || !Array.isArray(template['resources']))
    return badContent('The request content has no properties.template with resources.');
  let wanted: readonly Part[];
  try {
    wanted = renderTemplate(template, isPart(given['parameters']) ? given['parameters'] : {}, group.location);
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    return armError(400, 'InvalidTemplate', `Deployment template validation failed: '${error.message}'.`);
  }
  const unknown = wanted.find((one) => findType(String(one['type'])) === null);
  if (unknown !== undefined) return unknownType(String(unknown['type']));

  logActivity(allowed.activity, 'Start', '', context);
  const shown = { id, name, type: 'Microsoft.Resources/deployments', location: group.location, rest: {} };
  const properties = { mode: given['mode'] ?? 'Incremental', timestamp: new Date(context.now()).toISOString() };
  const { isNew } = resources.put({ ...shown, properties, state: 'Creating' });
  logActivity(allowed.activity, 'Accept', isNew ? 'Created' : 'OK', context);

  const next = ([first, ...others]: readonly Part[]): void => {
    const type = findType(String(first?.['type']));
    if (first === undefined || type === null) {
      resources.put({ ...shown, properties, state: 'Succeeded' });
      logActivity(allowed.activity, 'Success', isNew ? 'Created' : 'OK', context);
      return;
    }
    const resourceId = `${group.id}/providers/${type.name}/${String(first['name'])}`;
    const activity = { ...allowed.activity, operation: writeOf(type), scope: resourceId };
    const made = { id: resourceId, name: String(first['name']), type, body: { location: group.location, ...first } };
    putResource(made, activity, state, () => next(others));
  };
  next(wanted);
  // A deployment is done when its resources are; asking for it says so.
  const headers = operations.start(() => undefined);
  return json(
    isNew ? 201 : 200,
    { id, name, type: shown.type, properties: { ...properties, provisioningState: 'Accepted' } },
    {
      'Retry-After': headers['Retry-After'] ?? '1',
      'Azure-AsyncOperation': `https://management.azure.com${id}/operationStatuses/${allowed.activity.operationId}?api-version=2024-01-01`,
    },
  );
};

/** What `operationStatuses` of a deployment says. */
export const deploymentStatus = (id: string, { resources }: ArmState): Reply | null => {
  const found = resources.find(id);
  return found === null ? null : json(200, { status: found.state === 'Succeeded' ? 'Succeeded' : 'Running' });
};
