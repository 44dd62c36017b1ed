import { z } from 'zod';
import type { Manifest } from '../model/manifest.ts';
import { sensorProfiles } from '../model/topology.ts';

const isoTime = z.iso.datetime({ message: 'is not an ISO 8601 time in UTC, like 2026-11-20T16:00:00Z' });
const count = z.int().nonnegative();
const persona = z.enum(['linux', 'windows']);
const textMap = z.record(z.string(), z.string());

const place = z.strictObject({
  file: z.string(),
  line: z.int(),
  column: z.int(),
  endLine: z.int().exactOptional(),
  endColumn: z.int().exactOptional(),
});

const service = z.strictObject({
  name: z.string(),
  kind: z.string(),
  options: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});

const port = z.int().min(1).max(65_535);

const provider = z.strictObject({
  name: z.string(),
  prefix: z.cidrv4(),
  asNumber: z.int(),
  asOrganization: z.string(),
  ipType: z.enum(['Public', 'Private']),
  location: z
    .strictObject({
      country: z.string(),
      region: z.string().nullable(),
      city: z.string().nullable(),
      latitude: z.number(),
      longitude: z.number(),
    })
    .nullable(),
});

const topology = z.strictObject({
  name: z.string(),
  profile: z.enum(sensorProfiles).optional(),
  zones: z.array(
    z.strictObject({
      name: z.string(),
      kind: z.enum(['corporate', 'internet']),
      prefix: z.cidrv4(),
      ipType: z.enum(['Public', 'Private']),
      asNumber: z.int().nullable(),
      asOrganization: z.string().nullable(),
      resolver: z.ipv4().optional(),
      translation: z
        .strictObject({
          address: z.ipv4(),
          publish: z.array(z.strictObject({ port, address: z.ipv4(), hostPort: port })),
        })
        .optional(),
    }),
  ),
  hosts: z.array(
    z.strictObject({
      name: z.string(),
      persona,
      zone: z.string(),
      address: z.ipv4(),
      user: z.string(),
      services: z.array(service),
      software: z.array(z.string()).optional(),
      always: z.boolean().optional(),
    }),
  ),
  providers: z.array(provider).optional(),
  place,
});

const indicator = z.strictObject({
  value: z.string(),
  type: z.enum(['ipv4-addr', 'domain-name', 'url']),
  threatType: z.string(),
  confidence: z.number(),
  description: z.string(),
  active: z.boolean(),
});

const step = z.strictObject({
  id: z.string(),
  variant: z.string().nullable(),
  origin: z.enum(['test', 'prerequisite', 'cleanup', 'background', 'service', 'harness']),
  host: z.string(),
});

const executed = z.strictObject({
  status: z.enum(['executed', 'not-run']),
  reason: z.string(),
  detail: z.string(),
  exitCode: z.int().nullable(),
  startedAt: isoTime.nullable(),
  finishedAt: isoTime.nullable(),
  stdout: z.string(),
  stderr: z.string(),
});

const execution = z.strictObject({
  variant: z.string(),
  atomic: z.string(),
  roles: textMap,
  command: z.string(),
  inputs: textMap,
  executed,
  cleanup: z.strictObject({ verdict: z.enum(['clean', 'dirty']), left: z.array(z.string()) }),
  marks: z.array(
    z.enum([
      'emulated-persona',
      'compressed-clock',
      'dropped-packets',
      'declared-zone',
      'synthetic-log-source',
      'extra-columns',
      'always-null-column',
      'undocumented-behavior',
    ]),
  ),
});

const loss = z.strictObject({
  source: z.string(),
  host: z.string().nullable(),
  kind: z.enum(['unparsed', 'truncated', 'dropped', 'unsupported', 'unlinked']),
  count,
  detail: z.string(),
});

const sensor = z.strictObject({
  host: z.string(),
  sensor: z.string(),
  tool: z.string(),
  actions: z.array(z.string()),
  neverFills: z.array(z.string()),
  raw: z.array(z.strictObject({ file: z.string(), parser: z.string(), bytes: count })),
  events: count,
  losses: z.array(loss),
});

const parsing = z.strictObject({
  agents: z.record(z.string(), z.int().positive()),
  steps: z.array(
    z.strictObject({
      id: z.string(),
      argv: z.array(z.string()),
      pid: z.int().nullable(),
      startedAt: isoTime,
      finishedAt: isoTime,
    }),
  ),
});

/** Strict: a misspelled key of a recording made by hand is an error, not a default. */
export const manifestSchema: z.ZodType<Manifest> = z.strictObject({
  schemaVersion: z.literal(1),
  runId: z.string().min(1),
  scenario: z.string(),
  driver: z.string(),
  environment: textMap,
  startedAt: isoTime,
  finishedAt: isoTime,
  topology,
  indicators: z.array(indicator),
  clock: z.strictObject({ scale: z.number().positive(), startMicros: z.int() }),
  steps: z.array(step),
  executions: z.array(execution),
  sensors: z.array(sensor),
  parsing: parsing.exactOptional(),
  eventVersion: z.int().positive(),
});
