import type { AccessPolicy, Application, Directory, DirectoryUser } from '../../../model/directory.ts';
import { isWithin } from '../networks.ts';
import { codes, mfaRequired, type EntraError } from './codes.ts';

export interface AppliedPolicy {
  readonly policy: AccessPolicy;
  readonly result: 'success' | 'failure' | 'notApplied';
}

export interface PolicyOutcome {
  readonly error: EntraError | null;
  readonly applied: readonly AppliedPolicy[];
}

/** Nobody in the lab has a second factor, so a policy that asks for one refuses whoever it applies to. */
export const blockedOrMfa = (
  { upn }: DirectoryUser,
  resource: Application,
  address: string,
  { policies, namedLocations }: Directory,
): PolicyOutcome => {
  const isTrusted = namedLocations.some(
    ({ trusted, prefixes }) => trusted && prefixes.some((prefix) => isWithin(address, prefix)),
  );
  const applies = ({ users, exceptTrusted }: AccessPolicy): boolean =>
    (users === null || users.includes(upn)) && !(exceptTrusted && isTrusted);
  const failed = policies.filter(applies);
  const blocks = failed.some(({ grant }) => grant === 'block');
  const error = failed.length === 0 ? null : blocks ? codes.blockedByPolicy : mfaRequired(resource.id);
  return {
    error,
    applied: policies.map((policy) => ({ policy, result: applies(policy) ? 'failure' : 'notApplied' })),
  };
};
