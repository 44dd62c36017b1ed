import { z } from 'zod';
import { sensorProfiles } from '../../model/topology.ts';
import { identifier, packageName } from '../fields.ts';
import { servicesSchema } from './service-schema.ts';

const zoneSchema = z.strictObject({
  kind: z.enum(['corporate', 'internet']),
  provider: z.string().optional().describe('Of lab/data/autonomous-systems.yaml: gives prefix, type and AS.'),
  prefix: z.cidrv4().optional(),
  ip_type: z.enum(['Public', 'Private']).optional(),
  resolver: z
    .string()
    .optional()
    .describe('The host that answers the DNS questions of the zone, with a service of kind dns.'),
});

const hostSchema = z.strictObject({
  persona: z.enum(['linux', 'windows']),
  zone: z.string(),
  address: z.ipv4(),
  user: z.string().min(1),
  services: servicesSchema.default({}),
  /** Debian packages beyond what every host has: `software: [nmap, cron]`. */
  software: z.array(packageName).default([]),
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
