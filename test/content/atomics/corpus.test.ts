import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { placeholdersOf } from '../../../src/content/atomics/placeholders.ts';
import { renderCommand } from '../../../src/content/atomics/render-command.ts';
import { resolveInputs } from '../../../src/content/atomics/resolve-inputs.ts';
import { textsOf } from '../../../src/content/atomics/texts.ts';
import type { Content } from '../../../src/content/content.ts';
import { loadContent } from '../../../src/content/load-content.ts';

const archive = join(process.env['TOCSIN_CORPUS'] ?? '../shared/data', 'atomic-red-team/atomics-yaml.tar.gz');

describe('the whole corpus of Atomic Red Team', function () {
  this.timeout(60_000);
  let content: Content;

  before(async function () {
    if (!existsSync(archive) && process.env['TOCSIN_REQUIRE_CORPUS'] !== '1') return this.skip();
    const root = await mkdtemp(join(tmpdir(), 'tocsin-corpus-'));
    try {
      execFileSync('tar', ['-xzf', archive, '-C', root]);
      content = await loadContent(root);
    } finally {
      await rm(root, { recursive: true });
    }
  });

  it('loads: 1,819 tests of 341 files, without a problem', () => {
    expect(content.diagnostics).to.deep.equal([]);
    expect(content.counts).to.include({ files: 341, filesNotLoaded: 0, atomics: 1819 });
  });

  it('has the executors that upstream counts', () => {
    const counts: Record<string, number> = {};
    for (const { executor } of content.atomics.values()) counts[executor.name] = (counts[executor.name] ?? 0) + 1;
    expect(counts).to.deep.equal({ powershell: 703, command_prompt: 559, sh: 413, bash: 128, manual: 16 });
  });

  it('has 2,171 inputs, 45 of them null, all with types in lower case', () => {
    const inputs = [...content.atomics.values()].flatMap((atomic) => atomic.inputs);
    expect(inputs.length).to.equal(2171);
    expect(inputs.filter((input) => input.default === null).length).to.equal(45);
    expect([...new Set(inputs.map(({ type }) => type))].sort()).to.deep.equal(['float', 'integer', 'path', 'string', 'url']);
  });

  it('gives commands in which nothing is left to put in, nested inputs and folder names included', () => {
    for (const atomic of content.atomics.values()) {
      const { inputs, problems } = resolveInputs(atomic, {});
      expect(problems, atomic.guid).to.deep.equal([]);
      for (const { text } of textsOf(atomic)) {
        const command = renderCommand(text, inputs, '/opt/atomics');
        expect(placeholdersOf(command), atomic.guid).to.deep.equal([]);
        expect(command, atomic.guid).not.to.include('PathToAtomicsFolder');
      }
    }
  });

  it('has one test with two defaults that name another input', () => {
    const nested = [...content.atomics.values()].flatMap(({ guid, inputs }) =>
      inputs.filter((input) => typeof input.default === 'string' && placeholdersOf(input.default).length > 0).map(() => guid),
    );
    expect([nested.length, new Set(nested).size]).to.deep.equal([2, 1]);
  });
});
