import { z } from 'zod';
import { sensorProfiles } from '../../model/topology.ts';
import { identifier, packageName } from '../fields.ts';
import { servicesSchema } from './service-schema.ts';

const port = z.int().min(1).max(65_535);

const translationSchema = z.strictObject({
  address: z.ipv4().describe('The one address by which the internet knows the zone: of a provider, and of no zone.'),
  publish: z
    .array(z.strictObject({ port, host: z.string(), host_port: port }))
    .default([])
    .describe('Ports of that address that lead to hosts of the zone; nothing else comes in unasked.'),
});

const zoneSchema = z.strictObject({
  kind: z.enum(['corporate', 'internet']),
  provider: z.string().optional().describe('Of lab/data/autonomous-systems.yaml: gives prefix, type and AS.'),
  prefix: z.cidrv4().optional(),
  ip_type: z.enum(['Public', 'Private']).optional(),
  resolver: z
    .string()
    .optional()
    .describe('The host that answers the DNS questions of the zone, with a service of kind dns.'),
  translation: translationSchema.optional().describe('Its router translates the addresses of its hosts to one.'),
});

const hostSchema = z.strictObject({
  persona: z.enum(['linux', 'windows']),
  zone: z.string(),
  address: z.ipv4(),
  user: z.string().min(1),
  services: servicesSchema.default({}),
  /** Debian packages beyond what every host has: `software: [nmap, cron]`. */
  software: z.array(packageName).default([]),
  /** Up in every drill of the topology; another host is only when a scenario names it, or a zone asks it for names. */
  always: z.boolean().exactOptional(),
});

export const topologySchema = z.strictObject({
  name: identifier,
  description: z.string().optional(),
  /** How the sensors of its hosts are set up. */
  profile: z.enum(sensorProfiles).exactOptional(),
  zones: z.record(identifier, zoneSchema),
  hosts: z.record(identifier, hostSchema),
});

export type TopologyFile = z.output<typeof topologySchema>;
