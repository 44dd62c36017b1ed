import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { runTocsin } from '../cli/run-tocsin.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';

const page = resolve(import.meta.dirname, '../../docs/query.md');

const blocks = (text: string, language: string): readonly string[] =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\``, 'gm'))].map(([, block = '']) => block);

/** Words of a command line as a shell reads them, as far as the page needs it: single quotes. */
const words = (line: string): readonly string[] =>
  [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');

describe('docs/query.md', function () {
  this.timeout(60_000);
  const folder = useTemporaryFolder();

  it('shows commands that work on the data it shows', async () => {
    const text = await readFile(page, 'utf8');
    const [signins = '', records = ''] = blocks(text, 'ndjson');
    await writeFile(join(folder(), 'signins.ndjson'), signins);
    await writeFile(join(folder(), 'records.ndjson'), records);
    await writeFile(join(folder(), 'rule.yaml'), blocks(text, 'yaml').join(''));
    await writeFile(join(folder(), 'queries.ndjson'), '{"id":1,"query":"print 1"}\n');
    const commands = blocks(text, 'sh').flatMap((block) => block.trim().split('\n'));
    expect(commands).to.have.length(6);
    const answers: string[] = [];
    for (const command of commands) {
      const [program, ...args] = words(command);
      expect(program).to.equal('tocsin');
      const { code, stdout, stderr } = await runTocsin(folder(), args);
      expect(code, `${command}\n${stderr}`).to.equal(0);
      answers.push(stdout);
    }
    expect(answers[0]).to.match(/ana@example\.com +2/);
    expect(answers[1]?.split('\r\n')).to.have.length(5);
    expect(JSON.parse(answers[2] ?? '')).to.deep.include({ rows: [[3]] });
    expect(JSON.parse(answers[3] ?? ''))
      .to.have.nested.property('rows[0]')
      .that.includes('10.0.0.5');
    expect(answers[4]).to.include('no rows').and.include('UserPrincipalName');
    expect(JSON.parse(answers[5] ?? '')).to.deep.include({ id: 1, rows: [[1]] });
  });
});
