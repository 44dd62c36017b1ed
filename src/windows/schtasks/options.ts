export type Verb = 'create' | 'delete' | 'query' | 'change' | 'run' | 'end' | 'showsid';

const verbs: readonly Verb[] = ['create', 'delete', 'query', 'change', 'run', 'end', 'showsid'];

/** Options of each verb; `true` takes a value. */
const options: Readonly<Record<Verb, Readonly<Record<string, boolean>>>> = {
  create: {
    ...{
      s: true,
      u: true,
      p: true,
      ru: true,
      rp: true,
      sc: true,
      mo: true,
      d: true,
      m: true,
      i: true,
      tn: true,
      tr: true,
    },
    ...{
      st: true,
      ri: true,
      et: true,
      du: true,
      k: false,
      xml: true,
      v1: false,
      f: false,
      sd: true,
      ed: true,
      ec: true,
    },
    ...{ it: false, np: false, z: false, rl: true, delay: true, hresult: false },
  },
  delete: { s: true, u: true, p: true, tn: true, f: false, hresult: false },
  query: { s: true, u: true, p: true, fo: true, nh: false, v: false, tn: true, xml: false, hresult: false },
  change: {
    ...{
      s: true,
      u: true,
      p: true,
      tn: true,
      ru: true,
      rp: true,
      tr: true,
      st: true,
      ri: true,
      et: true,
      du: true,
      k: false,
    },
    ...{
      sd: true,
      ed: true,
      enable: false,
      disable: false,
      it: false,
      z: false,
      rl: true,
      delay: true,
      hresult: false,
    },
  },
  run: { s: true, u: true, p: true, tn: true, i: false, hresult: false },
  end: { s: true, u: true, p: true, tn: true, hresult: false },
  showsid: { tn: true },
};

export interface SchtasksOptions {
  readonly verb: Verb;
  /** Lower-case names; an option without a value has `''`. */
  readonly values: ReadonlyMap<string, string>;
}

export type ReadOptions =
  | { readonly ok: true; readonly options: SchtasksOptions }
  /** Without `ERROR: `. */
  | { readonly ok: false; readonly message: string };

const usage = (verb: string): string => `Type "SCHTASKS ${verb === '' ? '' : `/${verb.toUpperCase()} `}/?" for usage.`;

const bad = (message: string, verb: string): ReadOptions => ({ ok: false, message: `${message}\r\n${usage(verb)}` });

/** Reads the arguments: the verb first, options with `/` or `-` in any case and order. Without any, schtasks queries. */
export const readSchtasksOptions = (args: readonly string[]): ReadOptions => {
  const [first = '/query', ...rest] = args;
  const verb = verbs.find((one) => `/${one}` === first.toLowerCase() || `-${one}` === first.toLowerCase());
  if (verb === undefined) return bad(`Invalid argument/option - '${first}'.`, '');
  const values = new Map<string, string>();
  for (let index = 0; index < rest.length; index++) {
    const arg = rest[index] ?? '';
    const name = /^[/-](\w+)$/.exec(arg)?.[1]?.toLowerCase() ?? '';
    const takesValue = options[verb][name];
    if (takesValue === undefined) return bad(`Invalid argument/option - '${arg}'.`, verb);
    if (values.has(name)) return bad(`Invalid syntax. '/${name}' option is not allowed more than '1' time(s).`, verb);
    const next = rest[index + 1];
    // `/xml ONE` of a query may stand alone.
    const isValue = takesValue || (verb === 'query' && name === 'xml' && next !== undefined && !next.startsWith('/'));
    if (isValue && next === undefined) return bad(`Invalid syntax. Value expected for '${arg}'.`, verb);
    values.set(name, isValue ? (next ?? '') : '');
    if (isValue) index++;
  }
  return { ok: true, options: { verb, values } };
};

export const missing = (name: string, verb: Verb): string =>
  `Invalid syntax. Mandatory option '${name}' is missing.\r\n${usage(verb)}`;

export const invalidSyntax = (what: string, verb: Verb): string => `Invalid syntax. ${what}\r\n${usage(verb)}`;
