import type { Application } from '../../../model/directory.ts';
import type { DirectoryState } from '../directory-state.ts';

export interface Audience {
  readonly resource: Application;
  /** As the token will name it. */
  readonly audience: string;
  /** Without what only says how to answer. */
  readonly scopes: string;
  readonly wantsRefresh: boolean;
  readonly wantsIdentity: boolean;
}

const graph = '00000003-0000-0000-c000-000000000000';

/** `https://management.azure.com//.default openid` or the old endpoint's `resource` → the resource. Text: it names one that is not there. */
export const audienceOf = (form: URLSearchParams, state: DirectoryState): Audience | string => {
  const asked = (form.get('scope') ?? '').split(/\s+/).filter(Boolean);
  const plain = new Set(['openid', 'profile', 'offline_access', 'email']);
  const named = asked.filter((scope) => !plain.has(scope.toLowerCase()));
  const uri = form.get('resource') ?? resourceOfScope(named[0] ?? '');
  const resource = state.findResource(uri === '' ? graph : uri);
  if (resource === null) return uri;
  return {
    resource,
    audience: uri === '' ? (resource.audiences[0] ?? resource.id) : uri,
    scopes:
      named
        .map(lastSegment)
        .filter((scope) => scope !== '.default')
        .join(' ') || 'user_impersonation',
    wantsRefresh: form.has('resource') || asked.includes('offline_access'),
    wantsIdentity: form.has('resource') || asked.includes('openid'),
  };
};

/** The empty text for a scope of Graph's that names no resource, such as `User.Read`. */
const resourceOfScope = (scope: string): string => scope.slice(0, Math.max(0, scope.lastIndexOf('/')));

const lastSegment = (scope: string): string => scope.slice(scope.lastIndexOf('/') + 1);
