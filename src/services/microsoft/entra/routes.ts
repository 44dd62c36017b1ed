import type { CloudContext } from '../context.ts';
import { route, type Route } from '../http/routes.ts';
import { authorizeRoutes } from './authorize.ts';
import { deviceRoutes } from './device-code.ts';
import { discoveryRoutes } from './discovery.ts';
import { createGrants } from './grants.ts';
import { createTokenEndpoint } from './token.ts';

export const entraRoutes = (context: CloudContext): readonly Route[] => {
  const grants = createGrants();
  const token = createTokenEndpoint(context, grants);
  return [
    ...discoveryRoutes(context),
    ...authorizeRoutes(context, grants),
    ...deviceRoutes(context, grants),
    route('POST /{tenant}/oauth2/token', token),
    route('POST /{tenant}/oauth2/v2.0/token', token),
  ];
};
