import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import { default as addFormats } from 'ajv-formats';
import { expect } from 'chai';
import { parse } from 'yaml';
import { jsonSchemaOf, renderJsonSchema, schemaFile } from '../../src/api/schemas/json-schema.ts';
import { ourFormats } from '../../src/api/schemas/our-formats.ts';
import { createScaffold } from '../../src/api/scaffold/scaffold.ts';
import { readInvalidFixtures, readProjectFiles } from '../content/project-files.ts';

const root = resolve(import.meta.dirname, '../..');

const ajv = new Ajv({ strict: false, allErrors: true, logger: false });
addFormats.default(ajv);

const validators = new Map(ourFormats.map((format) => [format.name, ajv.compile(jsonSchemaOf(format))]));

const validatorOf = (name: string): ValidateFunction => {
  const validate = validators.get(name);
  return validate ?? expect.fail(`no schema ${name}`);
};

/** Which format a file of a project is in, by where it stands. */
const formatAt = (file: string): string | null => {
  const places: readonly (readonly [RegExp, string])[] = [
    [/^atomics\/T[^/]+\/T[^/]+\.yaml$/, 'atomic'],
    [/^atomics\/T[^/]+\/signals\.yaml$/, 'signals'],
    [/^detections\/(?:.*\/)?index\.yaml$/, 'detections'],
    [/^benign\/[^/]+\.yaml$/, 'activity'],
    [/^playbooks\/[^/]+\.yaml$/, 'playbook'],
    [/^scenarios\/[^/]+\.yaml$/, 'scenario'],
    [/^environments\/[^/]+\.yaml$/, 'environment'],
    [/^lab\/topologies\/[^/]+\.yaml$/, 'topology'],
    [/^lab\/data\/autonomous-systems\.yaml$/, 'autonomous-systems'],
    [/^lab\/data\/indicators\.yaml$/, 'indicators'],
    [/^tocsin\.yaml$/, 'settings'],
  ];
  return places.find(([place]) => place.test(file))?.[1] ?? null;
};

const complaintsOf = (name: string, value: unknown): readonly string[] => {
  const validate = validatorOf(name);
  return validate(value)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
};

const json = (file: string): unknown => JSON.parse(readFileSync(join(root, file), 'utf8'));

describe('the JSON Schemas of our formats', () => {
  it('are what the loaders check by (node scripts/build-schemas.ts writes them anew)', () => {
    const kept = Object.fromEntries(
      readdirSync(join(root, 'schemas')).map((name) => [name, readFileSync(join(root, 'schemas', name), 'utf8')]),
    );
    expect(kept).to.deep.equal(
      Object.fromEntries(ourFormats.map((format) => [schemaFile(format.name), renderJsonSchema(format)])),
    );
  });

  it('come with the package', () => {
    expect((json('package.json') as { readonly files: readonly string[] }).files).to.include('schemas');
  });

  it('take all of our own content', async () => {
    const wrong = (await readProjectFiles()).flatMap(({ file, text }) => {
      const format = formatAt(file);
      return format === null ? [] : complaintsOf(format, parse(text)).map((complaint) => `${file}: ${complaint}`);
    });
    expect(wrong).to.deep.equal([]);
  });

  it('refuse every fixture whose shape is wrong, as the loader does', async () => {
    const shapes = (await readInvalidFixtures()).filter(({ name }) => name.startsWith('schema-'));
    expect(shapes.length).to.be.above(9);
    const taken = shapes.filter(({ source: { file, text } }) => {
      const format = formatAt(file);
      return format !== null && complaintsOf(format, parse(text)).length === 0;
    });
    expect(taken.map(({ name }) => name)).to.deep.equal([]);
  });

  it('take what programs write', () => {
    expect(complaintsOf('run', json('test/fixtures/run/t1583-003.json'))).to.deep.equal([]);
    expect(complaintsOf('manifest', json('test/fixtures/recording/quick/manifest.json'))).to.deep.equal([]);
    expect(
      complaintsOf('run', { ...(json('test/fixtures/run/t1583-003.json') as object), driver: 1 }),
    ).not.to.deep.equal([]);
    const line = { id: 1, language: 'kql', query: 'T', tables: { T: [{ a: 1 }] }, now: '2026-11-20' };
    expect(complaintsOf('batch-line', line)).to.deep.equal([]);
    expect(complaintsOf('batch-line', { ...line, langauge: 'kql' })).not.to.deep.equal([]);
  });

  it('are what the first line of every scaffolded file points at, and take the file', async () => {
    const files = await createScaffold({ technique: 'T1571', guid: '00000000-0000-4000-8000-00000000face' });
    const paths = files.map(({ path }) => path);
    const ours = files.filter(({ path }) => formatAt(path) !== null);
    expect(ours).to.have.length(8);
    for (const { path, content } of ours) {
      const [, target = ''] = /^# yaml-language-server: \$schema=(\S+)\n/.exec(content) ?? [];
      const format = formatAt(path) ?? '';
      expect(join(path, '..', target), path).to.equal(`.tocsin/schemas/${schemaFile(format)}`);
      expect(paths).to.include(join(path, '..', target));
      expect(complaintsOf(format, parse(content) ?? {}), path).to.deep.equal([]);
    }
  });
});
