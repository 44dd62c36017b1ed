import type { CloudContext } from '../context.ts';
import { json, type Reply } from '../http/reply.ts';
import type { ApiRequest } from '../http/request.ts';
import { route, type Route } from '../http/routes.ts';
import { tenantNotFound } from './codes.ts';
import { correlationOf, isTenant, refuse } from './respond.ts';

const authority = 'https://login.microsoftonline.com';

/** What clients ask before they sign in. */
export const discoveryRoutes = (context: CloudContext): readonly Route[] => {
  const { tenant } = context.state.directory;
  const known = (request: ApiRequest, segment: string, answer: () => Reply): Reply =>
    isTenant(segment, context)
      ? answer()
      : refuse(tenantNotFound(segment), correlationOf(request, new URLSearchParams()), context);

  return [
    route('GET /common/discovery/instance', (request) => {
      const asked = request.query.get('authorization_endpoint') ?? '';
      const [, segment = tenant.id] = /^https:\/\/[^/]+\/([^/]+)\//.exec(asked) ?? [];
      return json(200, {
        tenant_discovery_endpoint: `${authority}/${segment}/v2.0/.well-known/openid-configuration`,
        'api-version': '1.1',
        metadata: [
          {
            preferred_network: 'login.microsoftonline.com',
            preferred_cache: 'login.windows.net',
            aliases: ['login.microsoftonline.com', 'login.windows.net', 'login.microsoft.com', 'sts.windows.net'],
          },
        ],
      });
    }),
    route('GET /{tenant}/v2.0/.well-known/openid-configuration', (request, { tenant: segment = '' }) =>
      known(request, segment, () => json(200, configuration(segment, tenant.id, '/v2.0'))),
    ),
    route('GET /{tenant}/.well-known/openid-configuration', (request, { tenant: segment = '' }) =>
      known(request, segment, () => json(200, configuration(segment, tenant.id, ''))),
    ),
    ...['/{tenant}/discovery/v2.0/keys', '/{tenant}/discovery/keys'].map((path) =>
      route(`GET ${path}`, () => json(200, context.tokens.keys)),
    ),
    route('GET /{tenant}/userrealm/{user}', (_, { user = '' }) => json(200, realmOf(user, tenant))),
    route('GET /getuserrealm.srf', ({ query }) => json(200, realmOf(query.get('login') ?? '', tenant))),
  ];
};

const realmOf = (login: string, { domain, name }: { domain: string; name: string }): object =>
  login.toLowerCase().endsWith(`@${domain}`)
    ? {
        ver: '1.0',
        account_type: 'Managed',
        domain_name: domain,
        cloud_instance_name: 'microsoftonline.com',
        cloud_audience_urn: 'urn:federation:MicrosoftOnline',
        NameSpaceType: 'Managed',
        FederationBrandName: name,
      }
    : { ver: '1.0', account_type: 'Unknown', NameSpaceType: 'Unknown', cloud_instance_name: 'microsoftonline.com' };

const configuration = (segment: string, tenant: string, version: string): object => {
  const isShared = ['common', 'organizations'].includes(segment.toLowerCase());
  const base = `${authority}/${isShared ? segment.toLowerCase() : tenant}`;
  const named = isShared ? '{tenantid}' : tenant;
  return {
    token_endpoint: `${base}/oauth2${version}/token`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
    jwks_uri: `${base}/discovery${version}/keys`,
    response_modes_supported: ['query'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    issuer: version === '' ? `https://sts.windows.net/${named}/` : `${authority}/${named}/v2.0`,
    authorization_endpoint: `${base}/oauth2${version}/authorize`,
    device_authorization_endpoint: `${base}/oauth2${version}/devicecode`,
    tenant_region_scope: 'EU',
    cloud_instance_name: 'microsoftonline.com',
    cloud_graph_host_name: 'graph.windows.net',
    msgraph_host: 'graph.microsoft.com',
  };
};
