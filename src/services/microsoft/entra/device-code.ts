import type { CloudContext } from '../context.ts';
import { json, type Reply } from '../http/reply.ts';
import type { ApiRequest } from '../http/request.ts';
import { route, type Parameters, type Route } from '../http/routes.ts';
import { audienceOf } from './audience.ts';
import { said } from './authorize.ts';
import { applicationNotFound, missingParameter, resourceNotFound, tenantNotFound } from './codes.ts';
import type { Grants } from './grants.ts';
import { messagePage, signInPage } from './pages.ts';
import { checkPassword } from './password.ts';
import { correlationOf, isTenant, refuse } from './respond.ts';
import { signIn } from './sign-in.ts';

const lifetimeSeconds = 900;
const intervalSeconds = 5;

/** The device that cannot show a page asks for a code, and its user types it where there is one. */
export const deviceRoutes = (context: CloudContext, grants: Grants): readonly Route[] => {
  const { state } = context;

  const start = (request: ApiRequest, { tenant = '' }: Parameters): Reply => {
    const form = new URLSearchParams(request.body);
    const correlationId = correlationOf(request, form);
    const { name } = state.directory.tenant;
    if (!isTenant(tenant, context)) return refuse(tenantNotFound(tenant), correlationId, context);
    if (!form.has('client_id')) return refuse(missingParameter('client_id'), correlationId, context);
    const application = state.findApplication(form.get('client_id') ?? '');
    if (application === null)
      return refuse(applicationNotFound(form.get('client_id') ?? '', name), correlationId, context);
    const audience = audienceOf(form, state);
    if (typeof audience === 'string') return refuse(resourceNotFound(audience, name), correlationId, context);
    const expires = context.now() + lifetimeSeconds * 1000;
    const { deviceCode, grant } = grants.startDevice({ ...audience, application, expires });
    const url = 'https://login.microsoft.com/device';
    return json(200, {
      user_code: grant.userCode,
      device_code: deviceCode,
      verification_uri: url,
      verification_url: url,
      expires_in: lifetimeSeconds,
      interval: intervalSeconds,
      message: `To sign in, use a web browser to open the page ${url} and enter the code ${grant.userCode} to authenticate.`,
    });
  };

  const page = (problem: string | null): Reply => signInPage('/device', new Map(), ['otc', 'login', 'passwd'], problem);

  const approve = async (request: ApiRequest): Promise<Reply> => {
    const form = new URLSearchParams(request.body);
    const userCode = form.get('otc') ?? '';
    const grant = grants.findUserCode(userCode);
    if (grant === null || grant.expires < context.now())
      return page("That code didn't work. Check the code and try again.");
    const upn = form.get('login') ?? '';
    const { user, error: wrong } = checkPassword(upn, form.get('passwd') ?? '', context);
    const attempt = {
      ...({ category: 'SignInLogs', protocol: 'deviceCode', upn, user } as const),
      ...{ application: grant.application, resource: grant.resource, client: request.client },
      clientApp: 'Mobile Apps and Desktop clients' as const,
      userAgent: request.header('user-agent'),
      correlationId: correlationOf(request, form),
    };
    const { error } = await signIn(attempt, wrong, context, () => {
      if (user !== null) grants.approveDevice(userCode, user);
      return Promise.resolve({ id: grant.userCode });
    });
    return error === null
      ? messagePage(200, `You have signed in to the ${grant.application.name} application on your device.`)
      : page(said(error));
  };

  return [
    route('POST /{tenant}/oauth2/v2.0/devicecode', start),
    route('POST /{tenant}/oauth2/devicecode', start),
    route('GET /device', () => page(null)),
    route('GET /common/oauth2/deviceauth', () => page(null)),
    route('POST /device', approve),
  ];
};
