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
  dns: z.strictObject({
    kind: z.literal('dns'),
    address: z.ipv4().default('0.0.0.0'),
    port: z.int().min(1).max(65_535).default(53),
    /** Zones that it answers for, separated by blanks. */
    zones: z.string(),
    /** A line a record: `NAME [TTL] TYPE DATA`, whole names. */
    records: z
      .string()
      .regex(/^(?:[ \t]*(?:;.*|\S+[ \t]+(?:\d{1,9}[ \t]+)?(?:A|AAAA|CNAME|MX|NS|PTR|TXT)[ \t]+\S.*)?(?:\n|$))*$/)
      .default(''),
  }),
  /** Entra ID, Microsoft Graph and Azure Resource Manager, told apart by the name that is asked for. */
  microsoft: z.strictObject({
    kind: z.literal('microsoft'),
    address: z.ipv4().default('0.0.0.0'),
    port: z.int().min(1).max(65_535).default(443),
    /** False: plain HTTP. */
    tls: z.boolean().default(true),
  }),
  syslog: z.strictObject({
    kind: z.literal('syslog'),
    /** Whether every program that starts is logged, with its command line: snoopy's records, under `authpriv`. */
    processes: z.boolean().default(false),
  }),
} as const;

const serviceSchema = z.discriminatedUnion('kind', [
  serviceOptions['http-listener'],
  serviceOptions.dns,
  serviceOptions.microsoft,
  serviceOptions.syslog,
]);

/** Services of one host by name: `listener: { kind: http-listener, port: 8443, keepAlive: false }`. */
export const servicesSchema = z.record(z.string().min(1), serviceSchema);

export const createServices = (services: z.output<typeof servicesSchema>): readonly ServiceSpec[] =>
  Object.entries(services).map(([name, { kind, ...options }]) => ({ name, kind, options }));
