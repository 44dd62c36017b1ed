import type { Path } from '../../util/yaml/locate.ts';
import type { ScenarioFile, Settings } from './schema.ts';

/** Something that stands in a variant or in the defaults, with where it was written. */
export interface Entry<T> {
  readonly key: string;
  readonly value: T;
  readonly path: Path;
}

/** A variant's settings over the scenario's defaults. */
export interface Layers {
  /** What runs: an atomic by GUID or number, or an activity by its id. */
  readonly test: { readonly kind: 'atomic' | 'activity'; readonly value: string; readonly path: Path } | null;
  readonly timeoutSeconds: number | null;
  readonly answers: NonNullable<Settings['answers']>;
  readonly inputs: readonly Entry<string>[];
  readonly roles: readonly Entry<string>[];
  readonly services: readonly Entry<Settings['services'][string]>[];
  readonly signals: readonly Entry<Settings['expect']['signals'][string]>[];
  readonly detections: readonly Entry<Settings['expect']['detections'][string]>[];
}

export const layersOf = (scenario: ScenarioFile, name: string): Layers => {
  const variant: readonly { settings: Settings; path: Path }[] =
    scenario.variants[name] === undefined ? [] : [{ settings: scenario.variants[name], path: ['variants', name] }];
  const layers = [{ settings: scenario.defaults, path: ['defaults'] as Path }, ...variant];
  // Later layers win; a name keeps the place where its winning value stands.
  const merge = <T>(pick: (settings: Settings) => Readonly<Record<string, T>>, below: Path): readonly Entry<T>[] => {
    const entries = layers.flatMap(({ settings, path }) =>
      Object.entries(pick(settings)).map(
        ([key, value]) => [key, { key, value, path: [...path, ...below, key] }] as const,
      ),
    );
    return [...new Map(entries).values()];
  };
  // A variant's activity wins over the atomic of the defaults, and the other way round.
  const named = layers.findLast(({ settings }) => settings.atomic !== undefined || settings.activity !== undefined);
  const kind = named?.settings.atomic === undefined ? 'activity' : 'atomic';
  const test = named?.settings[kind];
  return {
    test: named === undefined || test === undefined ? null : { kind, value: test, path: [...named.path, kind] },
    timeoutSeconds: layers.findLast(({ settings }) => settings.timeout !== undefined)?.settings.timeout ?? null,
    // A conversation is one thing: a variant's own replaces that of the defaults.
    answers: layers.findLast(({ settings }) => settings.answers !== undefined)?.settings.answers ?? [],
    inputs: merge(({ inputs }) => inputs, ['inputs']),
    roles: merge(({ roles }) => roles, ['roles']),
    services: merge(({ services }) => services, ['services']),
    signals: merge(({ expect }) => expect.signals, ['expect', 'signals']),
    detections: merge(({ expect }) => expect.detections, ['expect', 'detections']),
  };
};
