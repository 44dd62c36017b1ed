import { findCaller, type Caller } from '../caller.ts';
import type { CloudContext } from '../context.ts';
import type { Reply } from '../http/reply.ts';
import type { ApiRequest } from '../http/request.ts';
import { route, type Parameters, type Route } from '../http/routes.ts';
import { groupRoutes } from './groups.ts';
import { graphError } from './reply.ts';
import { roleRoutes } from './role-assignments.ts';
import { mayManage } from './roles.ts';
import { userRoutes } from './users.ts';

/** A request of somebody who is known and may do it. */
export type GraphHandler = (request: ApiRequest, parameters: Parameters, caller: Caller) => Promise<Reply> | Reply;

/** Below `/v1.0`. `manage`: what the caller must be allowed to manage. */
export interface GraphRoute {
  readonly text: string;
  readonly manage: keyof typeof mayManage | null;
  readonly handle: GraphHandler;
}

const audiences = ['https://graph.microsoft.com', '00000003-0000-0000-c000-000000000000'];

export const graphRoutes = (context: CloudContext): readonly Route[] =>
  [...userRoutes(context), ...groupRoutes(context), ...roleRoutes(context)].flatMap(({ text, manage, handle }) => {
    const [method = '', path = ''] = text.split(' ');
    const guarded = async (request: ApiRequest, parameters: Parameters): Promise<Reply> => {
      const found = await findCaller(request, audiences, context);
      if (!found.ok) return refuse(found.why);
      if (manage !== null && !isAllowed(found.caller, manage))
        return graphError(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.');
      return handle(request, parameters, found.caller);
    };
    return ['v1.0', 'beta'].map((version) => route(`${method} /${version}${path}`, guarded));
  });

const isAllowed = ({ user, application }: Caller, what: keyof typeof mayManage): boolean =>
  user === null
    ? application.servicePrincipal?.directoryWrite === true
    : user.roles.some((role) => mayManage[what].some((one) => one === role));

const refuse = (why: 'no-token' | 'bad-token' | 'wrong-audience'): Reply => {
  const message = {
    'no-token': 'Access token is empty.',
    'bad-token': 'Lifetime validation failed, or the token is malformed.',
    'wrong-audience': 'Access token validation failure. Invalid audience.',
  }[why];
  return graphError(401, 'InvalidAuthenticationToken', message);
};
