/** How a value is compared; a key has at most one of them. */
export const matchKinds = [
  'contains',
  'startswith',
  'endswith',
  're',
  'gt',
  'gte',
  'lt',
  'lte',
  'exists',
  'cidr',
] as const;

export type MatchKind = (typeof matchKinds)[number];

const flags = ['i', 'm', 's'] as const;

/** Sigma's modifiers that a signal may use. */
export const knownModifiers: readonly string[] = [...matchKinds, ...flags, 'all', 'cased'];

export interface Modifiers {
  readonly kind: MatchKind | null;
  readonly all: boolean;
  readonly cased: boolean;
  /** RE2's flags of a regular expression, for example `im`. */
  readonly flags: string;
}

export type ReadModifiers =
  { readonly ok: true; readonly modifiers: Modifiers } | { readonly ok: false; readonly problems: readonly string[] };

export const readModifiers = (names: readonly string[]): ReadModifiers => {
  const kinds = matchKinds.filter((kind) => names.includes(kind));
  const chosenFlags = flags.filter((flag) => names.includes(flag)).join('');
  const problems = [
    ...names.filter((name) => !knownModifiers.includes(name)).map((name) => `no signal can use the modifier "${name}"`),
    ...(kinds.length > 1 ? [`${kinds.join(' and ')} exclude each other`] : []),
    ...(chosenFlags !== '' && kinds[0] !== 're' ? [`${chosenFlags} belongs to re`] : []),
  ];
  if (problems.length > 0) return { ok: false, problems };
  const modifiers = { kind: kinds[0] ?? null, all: names.includes('all'), cased: names.includes('cased') };
  return { ok: true, modifiers: { ...modifiers, flags: chosenFlags } };
};
