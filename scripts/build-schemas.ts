import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { renderJsonSchema, schemaFile } from '../src/api/schemas/json-schema.ts';
import { ourFormats } from '../src/api/schemas/our-formats.ts';

// Writes schemas/ from the loaders' own declarations; a test says when this has to be run again.
const folder = resolve(import.meta.dirname, '../schemas');
await mkdir(folder, { recursive: true });
for (const format of ourFormats) await writeFile(join(folder, schemaFile(format.name)), renderJsonSchema(format));
