import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { createContent } from '../../src/content/create-content.ts';
import { knownTables, readInvalidFixtures, readProjectFiles } from './project-files.ts';

const project = await readProjectFiles();
const fixtures = await readInvalidFixtures();

describe('a good project with one bad file', () => {
  for (const { name, source } of fixtures)
    it(`has one problem, ${name}`, () => {
      const { diagnostics } = createContent([...project, source], { tables: knownTables });
      expect(diagnostics.map(({ code }) => code.replace('/', '-'))).to.deep.equal([name]);
    });
});

// The library names them, and no text was found that leads to them.
const unreachable = ['bad-collection-type', 'bad-prop-order', 'block-in-flow', 'impossible'];

// Said as `yaml/too-complex`.
const renamed = ['resource-exhaustion'];

/** Codes that the YAML library can give, from its own type. */
const yamlCodes = (): readonly string[] => {
  const text = readFileSync('node_modules/yaml/dist/errors.d.ts', 'utf8');
  const [, union = ''] = /type ErrorCode = ([^;]+);/.exec(text) ?? [];
  const codes = [...union.matchAll(/'([A-Z0-9_]+)'/g)].map(([, code = '']) => code.toLowerCase().replaceAll('_', '-'));
  return codes.filter((code) => ![...unreachable, ...renamed].includes(code)).map((code) => `yaml-${code}`);
};

// Said of a folder or of the command line, not of a file's text.
const withoutFile = [
  'content-no-such-path',
  'content-unreadable-file',
  'content-unreadable-folder',
  'scenario-no-such-scenario',
];

const sourceTexts = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(folder, file), 'utf8'));

describe('the invalid fixtures', () => {
  it('show every problem that content can have', () => {
    const text = ['src/content', 'src/util/yaml'].flatMap(sourceTexts).join('\n');
    const codes = [
      ...text.matchAll(/'((?:yaml|schema|atomic|signal|detection|topology|scenario|playbook|content)\/[a-z-]+)'/g),
    ];
    const shown = [...withoutFile, ...fixtures.map(({ name }) => name)];
    const possible = [...codes.map(([, code = '']) => code.replace('/', '-')), ...yamlCodes()];
    expect([...new Set(possible)].filter((code) => !shown.includes(code)).sort()).to.deep.equal([]);
  });

  it('are each of a code that can be given', () => {
    const text = ['src/content', 'src/util/yaml'].flatMap(sourceTexts).join('\n');
    const known = (name: string): boolean => text.includes(`'${name.replace('-', '/')}'`) || yamlCodes().includes(name);
    expect(fixtures.map(({ name }) => name).filter((name) => !known(name))).to.deep.equal([]);
  });
});
