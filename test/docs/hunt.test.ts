import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { expect } from 'chai';
import { runTocsin } from '../cli/run-tocsin.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';

const page = resolve(import.meta.dirname, '../../docs/hunt.md');

interface Hit {
  readonly rule: { readonly title: string };
  readonly record: number;
  readonly selections: readonly { readonly name: string; readonly items: readonly { readonly key: string }[] }[];
}

describe('docs/hunt.md', function () {
  this.timeout(60_000);
  const folder = useTemporaryFolder();

  it('shows commands that find what it shows', async () => {
    const text = await readFile(page, 'utf8');
    const files = [...text.matchAll(/this into `([^`]+)`:\n\n```\w+\n([^]*?)^```/gm)];
    expect(files).to.have.length(2);
    for (const [, name = '', content = ''] of files) {
      await mkdir(dirname(join(folder(), name)), { recursive: true });
      await writeFile(join(folder(), name), content);
    }
    const commands = /^```sh\n([^]*?)^```/m.exec(text)?.[1]?.trim().split('\n') ?? [];
    const answers: { readonly stdout: string; readonly stderr: string }[] = [];
    for (const command of commands) {
      const [program, ...args] = command.split(' ');
      expect(program).to.equal('tocsin');
      const { code, stdout, stderr } = await runTocsin(folder(), args);
      expect(code, `${command}\n${stderr}`).to.equal(0);
      answers.push({ stdout, stderr });
    }
    const [table, csv, json, ndjson, bounded, , explained] = answers;
    expect(table?.stdout)
      .to.match(/^Rules 2 loaded · 1 correlation · 0 refused · 0 for no source in the data\n/)
      .and.match(/^Hits {2}2 of 2 rules$/m)
      .and.match(/^T1105 +1 +1 +Ingress Tool Transfer$/m)
      .and.include('CommandLine|contains: certutil -urlcache')
      .and.include('3 events, value 3 TargetUserName=ana');
    expect(csv?.stdout.split('\r\n')).to.have.length(3);
    const { hits } = JSON.parse(json?.stdout ?? '') as { readonly hits: readonly Hit[] };
    expect(
      hits.map(({ rule, record, selections }) => [rule.title, record, selections.map(({ name }) => name)]),
    ).to.deep.equal([['Download by certutil', 1, ['program', 'options']]]);
    expect((JSON.parse(ndjson?.stdout ?? '') as Hit).selections[1]?.items.map(({ key }) => key)).to.deep.equal([
      'CommandLine|contains',
    ]);
    expect(bounded?.stdout).to.include('3 outside the time asked for');
    expect(bounded?.stderr).to.include('for no source in the data: Download by certutil');
    expect(JSON.parse(await readFile(join(folder(), 'layer.json'), 'utf8'))).to.have.nested.property(
      'techniques.length',
      2,
    );
    expect(explained?.stdout).to.include('CommandLine|contains');
  });
});
