import type { CloudContext } from '../context.ts';
import { json, type Reply } from '../http/reply.ts';
import { logActivity, type Activity } from './activity.ts';
import type { LongRunning } from './long-running.ts';
import type { ResourceType } from './operations.ts';
import { badContent } from './reply.ts';
import { showResource, type Resource, type Resources } from './resources.ts';

export interface ArmState {
  readonly context: CloudContext;
  readonly resources: Resources;
  readonly operations: LongRunning;
}

interface NewResource {
  readonly id: string;
  readonly name: string;
  readonly type: ResourceType;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Starts making a resource; `done` when it is made. Start and Accept are logged now, Success then. */
export const putResource = (
  { id, name, type, body }: NewResource,
  activity: Activity,
  { context, resources, operations }: ArmState,
  done: () => void = () => undefined,
): Reply => {
  const { location, properties, id: _id, name: _name, type: _type, ...rest } = body;
  if (typeof location !== 'string') return badContent("The 'location' property is required for this definition.");
  const given = typeof properties === 'object' && properties !== null ? properties : {};
  const resource: Resource = {
    ...{ id, name, location, rest, type: type.name, state: 'Creating' },
    properties: { ...type.defaults(name, resources.count), ...given },
  };
  logActivity(activity, 'Start', '', context);
  const { isNew } = resources.put(resource);
  logActivity(activity, 'Accept', isNew ? 'Created' : 'OK', context);
  const headers = operations.start(() => {
    if (resources.find(id) !== null) resources.put({ ...resource, state: 'Succeeded' });
    logActivity(activity, 'Success', isNew ? 'Created' : 'OK', context);
    done();
  });
  return json(isNew ? 201 : 200, showResource(resource), headers);
};
