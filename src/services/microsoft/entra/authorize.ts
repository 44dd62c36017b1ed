import type { CloudContext } from '../context.ts';
import { redirect, type Reply } from '../http/reply.ts';
import type { ApiRequest } from '../http/request.ts';
import { route, type Parameters, type Route } from '../http/routes.ts';
import { audienceOf } from './audience.ts';
import {
  applicationNotFound,
  resourceNotFound,
  tenantNotFound,
  unsupportedResponse,
  wrongRedirect,
  type EntraError,
} from './codes.ts';
import type { CodeGrant, Grants } from './grants.ts';
import { messagePage, signInPage } from './pages.ts';
import { checkPassword } from './password.ts';
import { correlationOf, isTenant } from './respond.ts';
import { signIn } from './sign-in.ts';

/** What a sign-in page carries from its first request to the one with the password. */
const carried = [
  ...['client_id', 'response_type', 'redirect_uri', 'scope', 'resource', 'state', 'nonce'],
  ...['code_challenge', 'code_challenge_method', 'client-request-id'],
];

/** The browser's way: a page, a password, a code for the client. */
export const authorizeRoutes = (context: CloudContext, grants: Grants): readonly Route[] => {
  const { state } = context;

  const check = (tenant: string, form: URLSearchParams): Omit<CodeGrant, 'user'> | EntraError => {
    const { name } = state.directory.tenant;
    if (!isTenant(tenant, context)) return tenantNotFound(tenant);
    const application = state.findApplication(form.get('client_id') ?? '');
    if (application === null) return applicationNotFound(form.get('client_id') ?? '', name);
    const target = form.get('redirect_uri') ?? '';
    if (!isRegistered(target, application.redirects)) return wrongRedirect(target, application.id);
    if (form.get('response_type') !== 'code') return unsupportedResponse(form.get('response_type') ?? '');
    const audience = audienceOf(form, state);
    if (typeof audience === 'string') return resourceNotFound(audience, name);
    const challenge = form.get('code_challenge');
    return {
      application,
      resource: audience.resource,
      audience: audience.audience,
      scopes: audience.scopes,
      redirect: target,
      nonce: form.get('nonce'),
      challenge: challenge === null ? null : { value: challenge, method: form.get('code_challenge_method') ?? 'plain' },
    };
  };

  const page = (tenant: string, form: URLSearchParams, problem: string | null): Reply =>
    signInPage(
      `/${encodeURIComponent(tenant)}/login`,
      new Map(carried.flatMap((name) => (form.has(name) ? [[name, form.get(name) ?? '']] : []))),
      ['login', 'passwd'],
      problem,
    );

  const ask = ({ query }: ApiRequest, { tenant = '' }: Parameters): Reply => {
    const checked = check(tenant, query);
    return 'code' in checked ? messagePage(400, said(checked)) : page(tenant, query, null);
  };

  const login = async (request: ApiRequest, { tenant = '' }: Parameters): Promise<Reply> => {
    const form = new URLSearchParams(request.body);
    const checked = check(tenant, form);
    if ('code' in checked) return messagePage(400, said(checked));
    const upn = form.get('login') ?? '';
    const { user, error: wrong } = checkPassword(upn, form.get('passwd') ?? '', context);
    let code = '';
    const attempt = {
      ...({ category: 'SignInLogs', protocol: 'oAuth2', clientApp: 'Browser', upn, user } as const),
      ...{ application: checked.application, resource: checked.resource, client: request.client },
      userAgent: request.header('user-agent'),
      correlationId: correlationOf(request, form),
    };
    const { error } = await signIn(attempt, wrong, context, () => {
      if (user === null) throw new Error('nobody signed in');
      code = grants.issueCode({ ...checked, user });
      return Promise.resolve({ id: code.slice(2, 24) });
    });
    if (error !== null) return page(tenant, form, said(error));
    const target = new URL(checked.redirect);
    target.searchParams.set('code', code);
    if (form.has('state')) target.searchParams.set('state', form.get('state') ?? '');
    return redirect(target.href);
  };

  return [
    route('GET /{tenant}/oauth2/authorize', ask),
    route('GET /{tenant}/oauth2/v2.0/authorize', ask),
    route('POST /{tenant}/login', login),
  ];
};

export const said = ({ code, text }: EntraError): string => `AADSTS${code}: ${text}`;

/** The ports of loopback are the client's to choose. */
const isRegistered = (target: string, redirects: readonly string[]): boolean => {
  if (redirects.includes(target)) return true;
  return URL.canParse(target) && new URL(target).hostname === 'localhost' && redirects.includes('http://localhost');
};
