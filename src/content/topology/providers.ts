import { z } from 'zod';
import type { Parsed } from '../../model/diagnostic.ts';
import { identifier } from '../fields.ts';
import { loadYaml } from '../../util/yaml/load-yaml.ts';

/** A network operator of the lab's internet and what address-classifying products say of its prefix. */
const providerSchema = z.strictObject({
  number: z.int().min(1).max(4_294_967_295),
  organization: z.string().min(1),
  prefix: z.cidrv4(),
  ip_type: z.enum(['Public', 'Private']),
});

export const providersSchema = z.record(identifier, providerSchema);

export type Provider = z.output<typeof providerSchema>;

/** `lab/data/autonomous-systems.yaml`: providers by name. */
export const parseProviders = (file: string, text: string): Parsed<ReadonlyMap<string, Provider>> => {
  const loaded = loadYaml(file, text, providersSchema);
  return loaded.ok ? { ...loaded, value: new Map(Object.entries(loaded.value.value)) } : loaded;
};
