import { randomUUID } from 'node:crypto';
import type { RiskyNetwork } from '../../../model/directory.ts';
import { isoTicks, type CloudContext } from '../context.ts';
import { isWithin, providerOf } from '../networks.ts';
import type { EntraError } from './codes.ts';
import { deviceOf } from './device.ts';
import type { AppliedPolicy } from './policies.ts';
import type { SignInAttempt } from './sign-in.ts';

export interface SignInResult {
  readonly id: string;
  readonly error: EntraError | null;
  /** Of the token that was issued. */
  readonly tokenId: string | null;
  readonly applied: readonly AppliedPolicy[];
  readonly risk: RiskyNetwork | null;
}

/** The record as a tenant's diagnostic settings send it: `properties` is Graph's signIn. */
export const renderSignIn = (attempt: SignInAttempt, result: SignInResult, context: CloudContext): object => {
  const { category, client, user } = attempt;
  const { tenant } = context.state.directory;
  const { error } = result;
  const code = error?.code ?? 0;
  const time = isoTicks(context.now());
  const provider = providerOf(client.ip, context.providers);
  const isApplication = category === 'ServicePrincipalSignInLogs';
  const identity = isApplication ? '' : (user?.name ?? attempt.upn);
  return {
    time,
    resourceId: `/tenants/${tenant.id}/providers/Microsoft.aadiam`,
    operationName: 'Sign-in activity',
    operationVersion: '1.0',
    category,
    tenantId: tenant.id,
    resultType: String(code),
    resultSignature: 'None',
    ...(error === null ? {} : { resultDescription: error.text }),
    durationMs: 0,
    callerIpAddress: client.ip,
    correlationId: attempt.correlationId,
    identity,
    Level: 4,
    location: provider?.location?.country ?? '',
    properties: {
      ...sharedProperties(attempt, result, context, time),
      ...(isApplication ? applicationProperties(attempt) : userProperties(attempt, result, context)),
    },
  };
};

const sharedProperties = (
  { client, application, resource, userAgent, correlationId }: SignInAttempt,
  { id, error, tokenId }: SignInResult,
  { state, providers }: CloudContext,
  time: string,
): object => {
  const { tenant } = state.directory;
  const provider = providerOf(client.ip, providers);
  const place = provider?.location ?? null;
  return {
    id,
    createdDateTime: time,
    appId: application.id,
    appDisplayName: application.name,
    ipAddress: client.ip,
    userAgent,
    correlationId,
    status: {
      errorCode: error?.code ?? 0,
      ...(error === null ? {} : { failureReason: error.text }),
    },
    location: {
      city: place?.city ?? '',
      state: place?.region ?? '',
      countryOrRegion: place?.country ?? '',
      geoCoordinates: place === null ? {} : { latitude: place.latitude, longitude: place.longitude },
    },
    autonomousSystemNumber: provider?.asNumber ?? null,
    networkLocationDetails: namedNetworks(client.ip, state.directory.namedLocations),
    resourceDisplayName: resource.name,
    resourceId: resource.id,
    resourceTenantId: tenant.id,
    homeTenantId: tenant.id,
    resourceServicePrincipalId: resource.id,
    tenantId: tenant.id,
    uniqueTokenIdentifier: tokenId,
    clientCredentialType: application.isPublic ? 'none' : 'clientSecret',
    authenticationContextClassReferences: [],
    authenticationProcessingDetails: [],
    conditionalAccessStatus: 'notApplied',
    appliedConditionalAccessPolicies: [],
  };
};

const applicationProperties = ({ application }: SignInAttempt): object => ({
  servicePrincipalId: application.servicePrincipal?.id ?? '',
  servicePrincipalName: application.name,
  servicePrincipalCredentialKeyId: application.servicePrincipal?.id ?? '',
  isInteractive: false,
});

const userProperties = (
  attempt: SignInAttempt,
  { error, applied, risk }: SignInResult,
  { state, now }: CloudContext,
): object => {
  const { user, upn, category } = attempt;
  const asked = error === null || error.code === 50076;
  const failed = applied.some(({ result }) => result === 'failure');
  return {
    userDisplayName: user?.name ?? upn,
    userPrincipalName: (user?.upn ?? upn).toLowerCase(),
    userId: user?.id ?? '00000000-0000-0000-0000-000000000000',
    userType: 'Member',
    signInIdentifier: upn,
    alternateSignInName: upn,
    clientAppUsed: attempt.clientApp,
    deviceDetail: deviceOf(attempt.userAgent),
    isInteractive: category === 'SignInLogs',
    mfaDetail: {},
    originalRequestId: randomUUID(),
    sessionId: randomUUID(),
    processingTimeInMilliseconds: 0,
    authenticationProtocol: attempt.protocol,
    authenticationRequirement: failed ? 'multiFactorAuthentication' : 'singleFactorAuthentication',
    authenticationRequirementPolicies: applied
      .filter(({ policy, result }) => result === 'failure' && policy.grant === 'mfa')
      .map(() => ({ requirementProvider: 'multiConditionalAccess', detail: 'Conditional Access' })),
    authenticationDetails:
      category === 'SignInLogs'
        ? [
            {
              authenticationStepDateTime: isoTicks(now()),
              authenticationMethod: 'Password',
              authenticationMethodDetail: 'Password in the cloud',
              succeeded: asked,
              authenticationStepResultDetail: asked ? 'Correct password' : (error?.text ?? ''),
              authenticationStepRequirement: 'Primary authentication',
            },
          ]
        : [],
    conditionalAccessStatus: failed ? 'failure' : 'notApplied',
    appliedConditionalAccessPolicies: applied.map(({ policy, result }) => ({
      id: policy.id,
      displayName: policy.name,
      enforcedGrantControls: result === 'failure' ? [policy.grant === 'mfa' ? 'Mfa' : 'Block'] : [],
      enforcedSessionControls: [],
      result,
    })),
    riskDetail: 'none',
    riskEventTypes: risk === null ? [] : [risk.detection],
    riskEventTypes_v2: risk === null ? [] : [risk.detection],
    riskLevelAggregated: risk?.level ?? 'none',
    riskLevelDuringSignIn: risk?.level ?? 'none',
    riskState: risk === null ? 'none' : 'atRisk',
    flaggedForReview: false,
    isTenantRestricted: false,
    incomingTokenType: category === 'NonInteractiveUserSignInLogs' ? 'refreshToken' : 'none',
    crossTenantAccessType: 'none',
    tokenIssuerName: '',
    tokenIssuerType: 'AzureAD',
    sessionLifetimePolicies: [],
    servicePrincipalId: '',
    homeTenantName: state.directory.tenant.name,
  };
};

/** Only what the tenant itself named, trusted or not. */
const namedNetworks = (
  address: string,
  locations: CloudContext['state']['directory']['namedLocations'],
): readonly object[] =>
  locations
    .filter(({ prefixes }) => prefixes.some((prefix) => isWithin(address, prefix)))
    .map(({ name, trusted }) => ({
      networkType: trusted ? 'trustedNamedLocation' : 'namedNetwork',
      networkNames: [name],
    }));
