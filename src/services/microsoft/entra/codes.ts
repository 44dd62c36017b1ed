/** Errors of Entra ID that the service gives: number, OAuth's word, status, and what it says. Source: Microsoft's reference of error codes. */
export interface EntraError {
  readonly code: number;
  readonly error: string;
  readonly status: number;
  readonly text: string;
  readonly suberror?: string;
}

const error = (code: number, word: string, status: number, text: string, suberror?: string): EntraError => ({
  ...{ code, error: word, status, text },
  ...(suberror === undefined ? {} : { suberror }),
});

export const codes = {
  wrongPassword: error(
    50126,
    'invalid_grant',
    400,
    'Error validating credentials due to invalid username or password.',
  ),
  accountDisabled: error(50057, 'invalid_grant', 400, 'The user account is disabled.'),
  accountLocked: error(
    50053,
    'invalid_grant',
    400,
    "The account is locked, you've tried to sign in too many times with an incorrect user ID or password.",
  ),
  passwordExpired: error(50055, 'invalid_grant', 400, 'The password is expired.', 'user_password_expired'),
  blockedByPolicy: error(
    53003,
    'invalid_grant',
    400,
    'Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.',
    'message_only',
  ),
  notRedeemable: error(9002313, 'invalid_grant', 400, 'Invalid request. Request is malformed or invalid.'),
  refreshExpired: error(
    700082,
    'invalid_grant',
    400,
    'The refresh token has expired due to inactivity. The token was issued on an earlier day.',
  ),
  codeRedeemed: error(
    54005,
    'invalid_grant',
    400,
    'OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.',
  ),
  wrongVerifier: error(
    501481,
    'invalid_grant',
    400,
    'The Code_Verifier does not match the code_challenge supplied in the authorization request.',
  ),
  pending: error(
    70016,
    'authorization_pending',
    400,
    'OAuth 2.0 device flow error. Authorization is pending. Continue polling.',
  ),
  deviceExpired: error(70019, 'expired_token', 400, 'Verification code expired.'),
  noSecret: error(
    7000218,
    'invalid_client',
    401,
    "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
  ),
} as const;

export const userNotFound = (upn: string, tenant: string): EntraError =>
  error(
    50034,
    'invalid_grant',
    400,
    `The user account ${upn === '' ? '{EUII Hidden}' : upn} does not exist in the ${tenant} directory. To sign into this application, the account must be added to the directory.`,
  );

export const mfaRequired = (resource: string): EntraError =>
  error(
    50076,
    'invalid_grant',
    400,
    `Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access '${resource}'.`,
    'basic_action',
  );

export const tenantNotFound = (tenant: string): EntraError =>
  error(
    90002,
    'invalid_request',
    400,
    `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.`,
  );

export const applicationNotFound = (id: string, tenant: string): EntraError =>
  error(
    700016,
    'unauthorized_client',
    400,
    `Application with identifier '${id}' was not found in the directory '${tenant}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.`,
  );

export const wrongSecret = (id: string): EntraError =>
  error(
    7000215,
    'invalid_client',
    401,
    `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${id}'.`,
  );

export const resourceNotFound = (resource: string, tenant: string): EntraError =>
  error(
    500011,
    'invalid_resource',
    400,
    `The resource principal named ${resource} was not found in the tenant named ${tenant}. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You might have sent your authentication request to the wrong tenant.`,
  );

export const missingParameter = (name: string): EntraError =>
  error(900144, 'invalid_request', 400, `The request body must contain the following parameter: '${name}'.`);

export const unsupportedGrant = (grant: string): EntraError =>
  error(70003, 'unsupported_grant_type', 400, `The app requested an unsupported grant type '${grant}'.`);

export const wrongRedirect = (redirect: string, id: string): EntraError =>
  error(
    50011,
    'invalid_request',
    400,
    `The redirect URI '${redirect}' specified in the request does not match the redirect URIs configured for the application '${id}'.`,
  );

export const unsupportedResponse = (type: string): EntraError =>
  error(700054, 'unsupported_response_type', 400, `response_type '${type}' is not enabled for the application.`);
