import { z } from 'zod';

/**
 * Atomic Red Team's schema (`atomic_red_team/models.py`, whose models forbid extra keys), as its validator checks a file.
 * Names and shapes are upstream's.
 */
const shells = ['powershell', 'command_prompt', 'sh', 'bash'] as const;

const executorNames = [...shells, 'manual'] as const;

const platforms = [
  'windows',
  'macos',
  'linux',
  'office-365',
  'azure-ad',
  'google-workspace',
  'saas',
  'iaas',
  'containers',
  'iaas:gcp',
  'iaas:azure',
  'iaas:aws',
  'esxi',
] as const;

// Both spellings occur in the corpus.
const inputTypes = ['string', 'String', 'path', 'Path', 'url', 'Url', 'integer', 'Integer', 'float', 'Float'] as const;

const inputSchema = z
  .strictObject({
    description: z.string(),
    type: z.enum(inputTypes),
    default: z.union([z.string(), z.number()]).nullable(),
  })
  .superRefine(({ type, default: value }, ctx) => {
    const numeric = ['integer', 'float'].includes(type.toLowerCase());
    // Upstream reads `default: "8080"` as an integer, and so must we.
    const fits = numeric
      ? value === null || (value !== '' && (type.toLowerCase() === 'float' ? isFinite : Number.isInteger)(Number(value)))
      : typeof value !== 'number';
    if (fits) return;
    ctx.addIssue({
      code: 'custom',
      path: ['default'],
      message: `an input of type ${type} cannot be ${JSON.stringify(value)}`,
      params: { code: 'atomic/wrong-default', hint: numeric ? `write a number, or make the type string` : 'put it in quotes' },
    });
  });

const dependencySchema = z.strictObject({
  description: z.string().min(1),
  prereq_command: z.string().min(1),
  get_prereq_command: z.string().nullable(),
});

const shellSchema = (name: (typeof shells)[number]) =>
  z.strictObject({
    name: z.literal(name),
    elevation_required: z.boolean().default(false),
    command: z.string().min(1),
    cleanup_command: z.string().nullable().default(null),
  });

const executorSchema = z.discriminatedUnion('name', [
  shellSchema('powershell'),
  shellSchema('command_prompt'),
  shellSchema('sh'),
  shellSchema('bash'),
  z.strictObject({
    name: z.literal('manual'),
    elevation_required: z.boolean().default(false),
    steps: z.string().min(10),
  }),
]);

const testSchema = z.strictObject({
  name: z.string().min(1),
  // Upstream gives one out when a test is merged; a test without one could not be told from its neighbors.
  auto_generated_guid: z.guid().transform((guid) => guid.toLowerCase()),
  description: z.string().min(1),
  supported_platforms: z.array(z.enum(platforms)).min(1),
  input_arguments: z.record(z.string().regex(/^[\w-]{2,}$/, 'two or more letters, digits, - or _'), inputSchema).default({}),
  dependency_executor_name: z.enum(executorNames).optional(),
  dependencies: z.array(dependencySchema).nullable().default([]),
  executor: executorSchema,
});

export const atomicFileSchema = z.strictObject({
  attack_technique: z.string().regex(/^T\d{4}(\.\d{3})?$/),
  display_name: z.string().min(5),
  atomic_tests: z.array(testSchema).min(1),
});

export type AtomicTest = z.output<typeof testSchema>;
