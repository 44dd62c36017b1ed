import type { ApiRequest } from './request.ts';
import type { Reply } from './reply.ts';

/** What the names in a route's pattern stood for. */
export type Parameters = Readonly<Record<string, string>>;

export type Handler = (request: ApiRequest, parameters: Parameters) => Promise<Reply> | Reply;

export interface Route {
  readonly method: string;
  /** Segments; `{name}` takes any one, `**` as the last takes all that are left. Case does not matter, as to Azure. */
  readonly pattern: readonly string[];
  readonly handle: Handler;
}

/** `POST /{tenant}/oauth2/v2.0/token` */
export const route = (text: string, handle: Handler): Route => {
  const [method = '', path = ''] = text.split(' ');
  return { method, pattern: path.split('/').filter(Boolean), handle };
};

export type Found =
  | { readonly kind: 'found'; readonly handle: Handler; readonly parameters: Parameters }
  | { readonly kind: 'wrong-method'; readonly allowed: readonly string[] }
  | { readonly kind: 'none' };

export const findRoute = (routes: readonly Route[], { method, path }: Pick<ApiRequest, 'method' | 'path'>): Found => {
  const matches = routes.flatMap((one) => {
    const parameters = match(one.pattern, path);
    return parameters === null ? [] : [{ one, parameters }];
  });
  const found = matches.find(({ one }) => one.method === method);
  if (found !== undefined) return { kind: 'found', handle: found.one.handle, parameters: found.parameters };
  const allowed = matches.map(({ one }) => one.method);
  return allowed.length > 0 ? { kind: 'wrong-method', allowed } : { kind: 'none' };
};

const match = (pattern: readonly string[], path: readonly string[]): Parameters | null => {
  const isOpen = pattern.at(-1) === '**';
  if (isOpen ? path.length < pattern.length - 1 : path.length !== pattern.length) return null;
  const parameters: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const segment = path[index] ?? '';
    if (part === '**') parameters['**'] = path.slice(index).join('/');
    else if (part.startsWith('{')) parameters[part.slice(1, -1)] = segment;
    else if (part.toLowerCase() !== segment.toLowerCase()) return null;
  }
  return parameters;
};
