import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { builtFromFile, hashOfFiles, problemOfPrograms } from '../../../src/lab/host/program-state.ts';

describe('the built programs of hosts', () => {
  let root: string;
  const put = (file: string, text: string): void => {
    mkdirSync(join(root, file, '..'), { recursive: true });
    writeFileSync(join(root, file), text);
  };
  const problem = (): string => {
    const found = problemOfPrograms(join(root, 'dist/host'));
    return found === null ? '' : `${found.reason}; ${found.hint}`;
  };
  const build = (): void => {
    put('dist/host/lab/agent.mjs', 'agent');
    const files = ['src/lab/agent/main.ts', 'src/model/x.ts'];
    put(`dist/${builtFromFile}`, JSON.stringify({ files, hash: hashOfFiles(root, files) }));
  };

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'tocsin-built-'));
    put('src/lab/agent/main.ts', 'main');
    put('src/model/x.ts', 'x');
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it('can be used when they are of the sources beside them', () => {
    build();
    expect(problem()).to.equal('');
  });

  it('have to be built when they are not there', () => {
    expect(problem()).to.match(/agent\.mjs is not there; npm run build$/);
  });

  it('have to be built again when a source of theirs changed, went, or nobody knows what they were built from', () => {
    build();
    put('src/model/x.ts', 'y');
    expect(problem()).to.match(/are older than their sources; npm run build$/);
    build();
    rmSync(join(root, 'src/model/x.ts'));
    expect(problem()).to.match(/older/);
    put('src/model/x.ts', 'x');
    rmSync(join(root, 'dist', builtFromFile));
    expect(problem()).to.match(/older/);
  });

  it('are what they are in a package, which brings no sources', () => {
    build();
    rmSync(join(root, 'src'), { recursive: true });
    expect(problem()).to.equal('');
  });
});
