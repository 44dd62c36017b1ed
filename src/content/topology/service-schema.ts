import { z } from 'zod';
import type { ServiceSpec } from '../../model/topology.ts';

const ports = z
  .string()
  .regex(/^\s*(?:\d{1,5}(?:\s+|$))*$/, 'port numbers, separated by blanks')
  .default('');

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
  c2: z.strictObject({
    kind: z.literal('c2'),
    address: z.ipv4().default('0.0.0.0'),
    http: ports.describe('Ports that speak HTTP, separated by blanks.'),
    https: ports.describe('Ports that speak HTTPS.'),
    tcp: ports.describe('Ports that take any bytes, and answer every piece that comes in.'),
    /** False answers `Connection: close`, so that every check-in is a connection of its own. */
    keepAlive: z.boolean().default(true),
    certificate: z.enum(['lab', 'self-signed']).default('lab').describe('Whether hosts of the lab trust it.'),
    answer: z
      .string()
      .default('{"task":null,"sleep":{sleep}}\n')
      .describe('To who checks in: {sleep} is the time until its next check-in, {number} counts check-ins.'),
    sleep: z.number().min(0).default(60).describe('Seconds between check-ins, as the answer tells.'),
    jitter: z.number().min(0).max(100).default(0).describe('How far from `sleep` the told time may be, in percent.'),
    seed: z.int().default(1).describe('Of the jitter: the same in every run.'),
    files: z
      .string()
      .regex(/^(?:[ \t]*(?:\/\S*[ \t]+(?:\d{1,8}|".*"))?[ \t]*(?:\n|$))*$/)
      .default('')
      .describe('A line a file: `PATH SIZE` for so many bytes, or `PATH "TEXT"`.'),
  }),
  proxy: z.strictObject({
    kind: z.literal('proxy'),
    address: z.ipv4().default('0.0.0.0'),
    port: z.int().min(1).max(65_535).default(3128),
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
  serviceOptions.c2,
  serviceOptions.proxy,
  serviceOptions.dns,
  serviceOptions.microsoft,
  serviceOptions.syslog,
]);

/** Services of one host by name: `listener: { kind: http-listener, port: 8443, keepAlive: false }`. */
export const servicesSchema = z.record(z.string().min(1), serviceSchema);

export const createServices = (services: z.output<typeof servicesSchema>): readonly ServiceSpec[] =>
  Object.entries(services).map(([name, { kind, ...options }]) => ({ name, kind, options }));
