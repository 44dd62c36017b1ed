/** Whom a client wants to reach through the proxy. */
export interface Target {
  readonly host: string;
  readonly port: number;
}

/** Of CONNECT (RFC 9110 §9.3.6): `HOST:PORT`, both there. Null when it is none. */
export const parseAuthority = (text: string): Target | null => {
  const [, host = '', port = ''] = /^(\[[0-9A-Fa-f:.]+\]|[^\s:/?#@[\]]+):(\d{1,5})$/.exec(text) ?? [];
  return host === '' ? null : targetOf(host, Number(port));
};

/** Of any other method: an absolute URL (RFC 9112 §3.2.2). Null when it is none, or not of HTTP. */
export const parseAbsolute = (
  text: string,
): (Target & { readonly path: string; readonly authority: string }) | null => {
  if (!/^http:\/\//i.test(text) || !URL.canParse(text)) return null;
  const { hostname, port, pathname, search, host } = new URL(text);
  const target = targetOf(hostname, port === '' ? 80 : Number(port));
  return target === null ? null : { ...target, path: `${pathname}${search}`, authority: host };
};

const targetOf = (host: string, port: number): Target | null =>
  port >= 1 && port <= 65_535 ? { host: host.replace(/^\[|\]$/g, ''), port } : null;

/** RFC 9110 §7.6.1: what is said to the proxy, and not beyond. `raw` has names and values in turn. */
export const forwardedHeaders = (raw: readonly string[]): [string, string][] => {
  const pairs = Array.from({ length: raw.length / 2 }, (_, index): [string, string] => [
    raw[index * 2] ?? '',
    raw[index * 2 + 1] ?? '',
  ]);
  const named = pairs
    .filter(([name]) => /^(proxy-)?connection$/i.test(name))
    .flatMap(([, value]) => value.toLowerCase().split(','))
    .map((name) => name.trim());
  return pairs.filter(([name]) => !hopByHop.has(name.toLowerCase()) && !named.includes(name.toLowerCase()));
};

const hopByHop = new Set([
  ...['connection', 'keep-alive', 'proxy-connection', 'proxy-authenticate', 'proxy-authorization'],
  ...['te', 'trailer', 'transfer-encoding', 'upgrade'],
]);
