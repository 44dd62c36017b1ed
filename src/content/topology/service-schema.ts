import { z } from 'zod';
import type { ServiceSpec } from '../../model/topology.ts';

/** Options of every service that a host can run, by kind: the folders of `src/services`, each with what its `main.ts` reads. */
export const serviceOptions = {
  'http-listener': z.strictObject({
    kind: z.literal('http-listener'),
    address: z.ipv4().default('0.0.0.0'),
    port: z.int().min(1).max(65_535),
    /** False answers `Connection: close`, so that every request is a connection of its own. */
    keepAlive: z.boolean(),
    body: z.string().default('ok\n'),
  }),
} as const;

const serviceSchema = z.discriminatedUnion('kind', [serviceOptions['http-listener']]);

/** Services of one host by name: `listener: { kind: http-listener, port: 8443, keepAlive: false }`. */
export const servicesSchema = z.record(z.string().min(1), serviceSchema);

export const createServices = (services: z.output<typeof servicesSchema>): readonly ServiceSpec[] =>
  Object.entries(services).map(([name, { kind, ...options }]) => ({ name, kind, options }));
