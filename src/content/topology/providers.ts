import { z } from 'zod';
import type { Parsed } from '../../model/diagnostic.ts';
import type { Provider } from '../../model/provider.ts';
import { identifier } from '../fields.ts';
import { loadYaml } from '../../util/yaml/load-yaml.ts';

/** Where products place addresses: `{ country: NL, city: Amsterdam, latitude: 52.37, longitude: 4.9 }`. */
const locationSchema = z.strictObject({
  country: z.string().regex(/^[A-Z]{2}$/, 'a country of ISO 3166-1, two capital letters'),
  region: z.string().min(1).nullable().default(null),
  city: z.string().min(1).nullable().default(null),
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
});

/** A network operator of the lab's internet and what address-classifying products say of its prefix. */
const providerSchema = z.strictObject({
  number: z.int().min(1).max(4_294_967_295),
  organization: z.string().min(1),
  prefix: z.cidrv4(),
  ip_type: z.enum(['Public', 'Private']),
  location: locationSchema.optional(),
});

export const providersSchema = z.record(identifier, providerSchema);

/** `lab/data/autonomous-systems.yaml`: providers by name. */
export const parseProviders = (file: string, text: string): Parsed<ReadonlyMap<string, Provider>> => {
  const loaded = loadYaml(file, text, providersSchema);
  if (!loaded.ok) return loaded;
  const providers = Object.entries(loaded.value.value).map(
    ([name, { number: asNumber, organization: asOrganization, prefix, ip_type: ipType, location = null }]) =>
      [name, { name, prefix, asNumber, asOrganization, ipType, location }] as const,
  );
  return { ...loaded, value: new Map(providers) };
};
