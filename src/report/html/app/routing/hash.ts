/** What the page shows; all of it lives in the address, so that every state can be linked to. */
export type Route =
  | { readonly view: 'overview' }
  | { readonly view: 'test'; readonly key: string }
  | { readonly view: 'detection'; readonly key: string; readonly id: string };

export type Theme = 'light' | 'dark';

export interface Address {
  readonly route: Route;
  /** The search box of the overview. */
  readonly query: string;
  /** Null follows the system. */
  readonly theme: Theme | null;
  /** A line of the detection's file to show. */
  readonly line: number | null;
}

// A lone surrogate in an id would make encodeURIComponent throw.
const encode = (text: string): string => encodeURIComponent(text.toWellFormed());

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const formatRoute = (route: Route): string => {
  switch (route.view) {
    case 'overview':
      return '/';
    case 'test':
      return `/test/${encode(route.key)}`;
    case 'detection':
      return `/detection/${encode(route.key)}/${encode(route.id)}`;
  }
};

const parseRoute = (path: string): Route => {
  const [view, key, id] = path.split('/').filter(Boolean).map(decode);
  if (view === 'test' && key !== undefined) return { view, key };
  if (view === 'detection' && key !== undefined && id !== undefined) return { view, key, id };
  return { view: 'overview' };
};

const parseTheme = (text: string | null): Theme | null => (text === 'light' || text === 'dark' ? text : null);

const parseLine = (text: string | null): number | null =>
  text !== null && /^[1-9]\d{0,6}$/.test(text) ? Number(text) : null;

/** `#/detection/KEY/ID?line=18&q=s%3Amissed&theme=dark`. */
export const formatHash = ({ route, query, theme, line }: Address): string => {
  const parameters = new URLSearchParams();
  if (line !== null) parameters.set('line', String(line));
  if (query !== '') parameters.set('q', query);
  if (theme !== null) parameters.set('theme', theme);
  const tail = parameters.toString();
  return `#${formatRoute(route)}${tail === '' ? '' : `?${tail}`}`;
};

/** Any text gives an address: what is not understood is the overview. */
export const parseHash = (hash: string): Address => {
  const [path = '', tail = ''] = hash.replace(/^#/, '').split(/\?(.*)/s);
  const parameters = new URLSearchParams(tail);
  return {
    route: parseRoute(path),
    query: parameters.get('q') ?? '',
    theme: parseTheme(parameters.get('theme')),
    line: parseLine(parameters.get('line')),
  };
};
