import type { Directory } from '../../model/directory.ts';
import type { Provider } from '../../model/provider.ts';
import { armRoutes } from './arm/routes.ts';
import type { CloudContext } from './context.ts';
import { createDirectoryState } from './directory-state.ts';
import { entraRoutes } from './entra/routes.ts';
import { createTokens } from './entra/tokens.ts';
import { graphRoutes } from './graph/routes.ts';
import { json, type Reply } from './http/reply.ts';
import type { ApiRequest } from './http/request.ts';
import { findRoute, type Route } from './http/routes.ts';
import { startApiServer, type ApiServer, type ApiServerOptions } from './http/server.ts';

export interface CloudOptions extends Pick<ApiServerOptions, 'address' | 'port' | 'tls'> {
  readonly directory: Directory;
  readonly providers: readonly Provider[];
  readonly now: () => number;
  readonly log: CloudContext['log'];
}

/** Entra ID, Graph and Resource Manager on one address, told apart by the name that is asked for. */
export const startCloud = async (options: CloudOptions): Promise<ApiServer> => {
  const { directory, providers, now, log } = options;
  const tokens = await createTokens(directory.tenant.id, now);
  const context: CloudContext = { state: createDirectoryState(directory), tokens, providers, now, log };
  const hosts = virtualHosts(context);
  return startApiServer({
    ...options,
    answer: (request) => answer(request, hosts),
    log: (client, entry) => log('http.access', client, entry),
  });
};

const virtualHosts = (context: CloudContext): ReadonlyMap<string, readonly Route[]> => {
  const under = (routes: readonly Route[], ...names: readonly string[]) => names.map((name) => [name, routes] as const);
  return new Map([
    ...under(
      entraRoutes(context),
      ...['login.microsoftonline.com', 'login.windows.net', 'login.microsoft.com', 'sts.windows.net'],
    ),
    ...under(graphRoutes(context), 'graph.microsoft.com'),
    ...under(armRoutes(context), 'management.azure.com', 'management.core.windows.net'),
  ]);
};

const answer = async (request: ApiRequest, hosts: ReadonlyMap<string, readonly Route[]>): Promise<Reply> => {
  const routes = hosts.get(request.host);
  if (routes === undefined) return problem(404, 'HostNotFound', `There is no ${request.host} here.`);
  const found = findRoute(routes, request);
  switch (found.kind) {
    case 'found':
      return found.handle(request, found.parameters);
    case 'wrong-method':
      return {
        ...problem(405, 'MethodNotAllowed', `${request.method} is not allowed.`),
        headers: { Allow: found.allowed.join(', ') },
      };
    case 'none':
      return problem(404, 'ResourceNotFound', `${request.target.slice(0, 200)} is nothing that this service has.`);
  }
};

const problem = (status: number, code: string, message: string): Reply => json(status, { error: { code, message } });
