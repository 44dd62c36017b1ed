import { z } from 'zod';
import type { Directory } from '../../model/directory.ts';
import type { Parsed } from '../../model/diagnostic.ts';
import { loadYaml } from '../../util/yaml/load-yaml.ts';

const azureRole = z.enum(['Owner', 'Contributor', 'Reader']);

const user = z.strictObject({
  id: z.guid(),
  name: z.string().min(1),
  password: z.string().min(8),
  state: z.enum(['enabled', 'disabled', 'locked', 'password-expired']).default('enabled'),
  roles: z
    .array(z.string().min(1))
    .default([])
    .describe('Of the directory: Global Administrator, User Administrator …'),
  azure_role: azureRole.nullable().default(null).describe('Of the subscription.'),
});

const application = z.strictObject({
  id: z.guid(),
  public: z.boolean().default(true),
  service_principal: z
    .strictObject({
      id: z.guid(),
      secret: z.string().min(8),
      azure_role: azureRole.nullable().default(null),
      directory_write: z.boolean().default(false),
    })
    .nullable()
    .default(null),
  audiences: z.array(z.string()).default([]).describe('URIs by which tokens for it are asked.'),
  redirects: z.array(z.string()).default([]),
});

export const directorySchema = z.strictObject({
  tenant: z.strictObject({ id: z.guid(), name: z.string().min(1), domain: z.string().regex(/^[a-z0-9.-]+$/) }),
  users: z.record(z.string().regex(/^[^@\s]+$/, 'the part before the @ of a user’s name'), user),
  groups: z
    .record(z.string().min(1), z.strictObject({ id: z.guid(), members: z.array(z.string()).default([]) }))
    .default({}),
  applications: z.record(z.string().min(1), application),
  subscription: z.strictObject({ id: z.guid(), name: z.string().min(1) }),
  named_locations: z
    .record(z.string().min(1), z.strictObject({ prefixes: z.array(z.cidrv4()), trusted: z.boolean().default(false) }))
    .default({}),
  policies: z
    .record(
      z.string().min(1),
      z.strictObject({
        id: z.guid(),
        users: z.array(z.string()).nullable().default(null).describe('Before the @; without them, everybody.'),
        except_trusted: z.boolean().default(false),
        grant: z.enum(['mfa', 'block']),
      }),
    )
    .default({}),
  risky_networks: z
    .array(
      z.strictObject({
        prefix: z.cidrv4(),
        detection: z.enum(['anonymizedIPAddress', 'maliciousIPAddress']),
        level: z.enum(['low', 'medium', 'high']).default('medium'),
      }),
    )
    .default([]),
});

/** `lab/data/directory.yaml`: who can sign in to the lab's Entra ID, with what. */
export const parseDirectory = (file: string, text: string): Parsed<Directory> => {
  const loaded = loadYaml(file, text, directorySchema);
  return loaded.ok ? { ...loaded, value: createDirectory(loaded.value.value) } : loaded;
};

const createDirectory = (file: z.output<typeof directorySchema>): Directory => {
  const upn = (name: string): string => `${name}@${file.tenant.domain}`;
  return {
    tenant: file.tenant,
    subscription: file.subscription,
    users: Object.entries(file.users).map(([name, { azure_role: azureRole, name: shown, ...rest }]) => ({
      ...rest,
      name: shown,
      upn: upn(name),
      azureRole,
    })),
    groups: Object.entries(file.groups).map(([name, { id, members }]) => ({ id, name, members: members.map(upn) })),
    applications: Object.entries(file.applications).map(
      ([name, { public: isPublic, service_principal: principal, ...rest }]) => ({
        ...rest,
        name,
        isPublic,
        servicePrincipal:
          principal === null
            ? null
            : {
                id: principal.id,
                secret: principal.secret,
                azureRole: principal.azure_role,
                directoryWrite: principal.directory_write,
              },
      }),
    ),
    namedLocations: Object.entries(file.named_locations).map(([name, location]) => ({ name, ...location })),
    policies: Object.entries(file.policies).map(([name, { id, users, except_trusted: exceptTrusted, grant }]) => ({
      ...{ id, name, exceptTrusted, grant },
      users: users?.map(upn) ?? null,
    })),
    riskyNetworks: file.risky_networks,
  };
};
