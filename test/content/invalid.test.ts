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

// Said of a folder or of the command line, not of a file's text.
const withoutFile = ['content-unreadable-file', 'content-unreadable-folder', 'scenario-no-such-scenario'];

describe('the invalid fixtures', () => {
  it('show every problem that content can have', () => {
    const files = readdirSync('src/content', { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.ts'),
    );
    const text = files.map((file) => readFileSync(join('src/content', file), 'utf8')).join('\n');
    const codes = [...text.matchAll(/'((?:schema|atomic|signal|detection|topology|scenario|content)\/[a-z-]+)'/g)];
    const shown = [...withoutFile, ...fixtures.map(({ name }) => name)];
    const missing = codes.map(([, code = '']) => code.replace('/', '-')).filter((code) => !shown.includes(code));
    expect([...new Set(missing)].sort()).to.deep.equal([]);
  });
});
