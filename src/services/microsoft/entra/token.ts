import { createHash } from 'node:crypto';
import type { Application, DirectoryUser } from '../../../model/directory.ts';
import type { CloudContext } from '../context.ts';
import { equal } from '../directory-state.ts';
import { json, type Reply } from '../http/reply.ts';
import type { ApiRequest } from '../http/request.ts';
import type { Parameters } from '../http/routes.ts';
import { audienceOf, type Audience } from './audience.ts';
import {
  applicationNotFound,
  codes,
  missingParameter,
  resourceNotFound,
  tenantNotFound,
  unsupportedGrant,
  wrongSecret,
  type EntraError,
} from './codes.ts';
import type { CodeGrant, Grants } from './grants.ts';
import { checkPassword } from './password.ts';
import { correlationOf, isTenant, refuse } from './respond.ts';
import { signIn, type SignInAttempt } from './sign-in.ts';
import type { Subject } from './tokens.ts';

interface TokenRequest extends Audience {
  readonly request: ApiRequest;
  readonly form: URLSearchParams;
  readonly application: Application;
  readonly correlationId: string;
}

const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';

/** `POST /{tenant}/oauth2/token` and `…/v2.0/token`. */
export const createTokenEndpoint = (context: CloudContext, grants: Grants) => {
  const { state, tokens } = context;

  const endpoint = async (request: ApiRequest, { tenant = '' }: Parameters): Promise<Reply> => {
    const form = new URLSearchParams(request.body);
    const correlationId = correlationOf(request, form);
    const no = (error: EntraError): Reply => refuse(error, correlationId, context);
    if (!isTenant(tenant, context)) return no(tenantNotFound(tenant));
    for (const name of ['grant_type', 'client_id']) if (!form.has(name)) return no(missingParameter(name));
    const application = state.findApplication(form.get('client_id') ?? '');
    if (application === null) return no(applicationNotFound(form.get('client_id') ?? '', state.directory.tenant.name));
    const audience = audienceOf(form, state);
    if (typeof audience === 'string') return no(resourceNotFound(audience, state.directory.tenant.name));
    const asked = { ...audience, request, form, application, correlationId };
    switch (form.get('grant_type')) {
      case 'password':
        return byPassword(asked);
      case 'client_credentials':
        return byCredentials(asked);
      case 'refresh_token':
        return byRefresh(asked);
      case 'authorization_code':
        return byCode(asked);
      case 'device_code':
      case deviceGrant:
        return byDevice(asked);
      default:
        return no(unsupportedGrant(form.get('grant_type') ?? ''));
    }
  };

  const attemptOf = (
    { request, application, resource, correlationId }: TokenRequest,
    rest: Pick<SignInAttempt, 'category' | 'upn' | 'user' | 'protocol'>,
  ): SignInAttempt => ({
    ...rest,
    ...{ application, resource, correlationId, client: request.client },
    userAgent: request.header('user-agent'),
    clientApp: 'Mobile Apps and Desktop clients',
  });

  /** Decides, logs and answers. */
  const decide = async (
    asked: TokenRequest,
    attempt: SignInAttempt,
    credentials: EntraError | null,
    subject: Subject | null,
  ): Promise<Reply> => {
    let body: object = {};
    const { error, id } = await signIn(attempt, credentials, context, async () => {
      if (subject === null) throw new Error('a sign-in without a subject succeeded');
      const issued = await issue(asked, subject);
      body = issued.body;
      return issued;
    });
    return error === null
      ? json(200, body, { 'x-ms-request-id': id, 'client-request-id': asked.correlationId })
      : refuse(error, asked.correlationId, context, id);
  };

  const issue = async (
    { form, request, audience, scopes, wantsRefresh, wantsIdentity }: TokenRequest,
    subject: Subject,
    nonce: string | null = null,
  ): Promise<{ readonly id: string; readonly body: object }> => {
    const { id, token } = await tokens.access(subject, audience, request.client.ip);
    const expires = { expires_in: tokens.lifetime, ext_expires_in: tokens.lifetime };
    const old = form.has('resource')
      ? { resource: audience, expires_on: String(Math.floor(context.now() / 1000) + tokens.lifetime) }
      : {};
    const shared = { token_type: 'Bearer', ...expires, ...old, access_token: token };
    if (subject.kind === 'application') return { id, body: shared };
    const { user, client } = subject;
    const refresh = wantsRefresh ? { refresh_token: grants.issueRefresh({ user, application: client, scopes }) } : {};
    const identity = wantsIdentity ? { id_token: await tokens.identity(subject, nonce) } : {};
    const info = Buffer.from(JSON.stringify({ uid: user.id, utid: state.directory.tenant.id })).toString('base64url');
    const clientInfo = form.has('client_info') ? { client_info: info } : {};
    return { id, body: { ...shared, scope: scopeText(form, scopes), ...refresh, ...identity, ...clientInfo } };
  };

  const byPassword = (asked: TokenRequest): Promise<Reply> | Reply => {
    const { form, application, scopes } = asked;
    for (const name of ['username', 'password'])
      if (!form.has(name)) return refuse(missingParameter(name), asked.correlationId, context);
    if (!application.isPublic && (form.get('client_secret') ?? '') !== application.servicePrincipal?.secret)
      return refuse(codes.noSecret, asked.correlationId, context);
    const upn = form.get('username') ?? '';
    const { user, error } = checkPassword(upn, form.get('password') ?? '', context);
    const attempt = attemptOf(asked, { category: 'SignInLogs', upn, user, protocol: 'ropc' });
    return decide(asked, attempt, error, user === null ? null : { kind: 'user', user, client: application, scopes });
  };

  const byCredentials = (asked: TokenRequest): Promise<Reply> | Reply => {
    const { form, application } = asked;
    const secret = form.get('client_secret') ?? basicSecret(asked.request);
    if (secret === null || application.servicePrincipal === null)
      return refuse(codes.noSecret, asked.correlationId, context);
    const error = equal(secret, application.servicePrincipal.secret) ? null : wrongSecret(application.id);
    const attempt = attemptOf(asked, { category: 'ServicePrincipalSignInLogs', upn: '', user: null, protocol: 'none' });
    return decide(asked, attempt, error, { kind: 'application', client: application });
  };

  const byRefresh = (asked: TokenRequest): Promise<Reply> | Reply => {
    const grant = grants.findRefresh(asked.form.get('refresh_token') ?? '');
    if (grant === null || grant.application.id !== asked.application.id)
      return refuse(codes.notRedeemable, asked.correlationId, context);
    const user = state.findUser(grant.user.id);
    // What was changed since then counts: a disabled account gets nothing, a new password ends old tokens.
    const error =
      user === null || user.password !== grant.user.password
        ? codes.refreshExpired
        : user.state === 'disabled'
          ? codes.accountDisabled
          : null;
    const { upn } = user ?? grant.user;
    const category = 'NonInteractiveUserSignInLogs';
    const attempt = attemptOf(asked, { category, upn, user, protocol: 'none' });
    const subject: Subject = {
      kind: 'user',
      user: user ?? grant.user,
      client: asked.application,
      scopes: asked.scopes,
    };
    return decide({ ...asked, wantsRefresh: true }, attempt, error, subject);
  };

  /** The sign-in was logged when the user typed the password. */
  const byCode = async (asked: TokenRequest): Promise<Reply> => {
    const grant = grants.redeemCode(asked.form.get('code') ?? '');
    const no = (error: EntraError): Reply => refuse(error, asked.correlationId, context);
    if (grant === null) return no(codes.codeRedeemed);
    if (grant.application.id !== asked.application.id || grant.redirect !== asked.form.get('redirect_uri'))
      return no(codes.notRedeemable);
    if (!isVerified(grant, asked.form.get('code_verifier') ?? '')) return no(codes.wrongVerifier);
    return json(200, (await issueTo(asked, grant.user, grant)).body);
  };

  const byDevice = async (asked: TokenRequest): Promise<Reply> => {
    const code = asked.form.get('device_code') ?? asked.form.get('code') ?? '';
    const grant = grants.findDevice(code);
    const no = (error: EntraError): Reply => refuse(error, asked.correlationId, context);
    if (grant === null || grant.application.id !== asked.application.id) return no(codes.notRedeemable);
    if (grant.expires < context.now()) return no(codes.deviceExpired);
    if (grant.user === null) return no(codes.pending);
    grants.endDevice(code);
    return json(200, (await issueTo(asked, grant.user, grant)).body);
  };

  const issueTo = (
    asked: TokenRequest,
    user: DirectoryUser,
    {
      audience,
      resource,
      scopes,
      ...grant
    }: Pick<CodeGrant, 'audience' | 'resource' | 'scopes'> & Partial<Pick<CodeGrant, 'nonce'>>,
  ): Promise<{ readonly body: object }> =>
    issue(
      { ...asked, audience, resource, scopes },
      { kind: 'user', user, client: asked.application, scopes },
      grant.nonce ?? null,
    );

  return endpoint;
};

const scopeText = (form: URLSearchParams, scopes: string): string => (form.get('scope') ?? scopes).trim();

const basicSecret = (request: ApiRequest): string | null => {
  const [, encoded] = /^Basic\s+(\S+)$/i.exec(request.header('authorization')) ?? [];
  const text = Buffer.from(encoded ?? '', 'base64').toString('utf8');
  return text.includes(':') ? decodeURIComponent(text.slice(text.indexOf(':') + 1)) : null;
};

const isVerified = ({ challenge }: CodeGrant, verifier: string): boolean => {
  if (challenge === null) return true;
  const sent = challenge.method === 'S256' ? createHash('sha256').update(verifier).digest('base64url') : verifier;
  return equal(sent, challenge.value);
};
