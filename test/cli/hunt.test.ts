import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { useTemporaryFolder } from '../support/temporary-folder.ts';
import { runTocsin } from './run-tocsin.ts';

const rule = (id: string, more: object): string =>
  JSON.stringify({
    title: id,
    id,
    level: 'high',
    logsource: { product: 'windows', category: 'process_creation' },
    detection: { s: { 'CommandLine|contains': 'whoami' }, condition: 's' },
    ...more,
  });

const start = (line: string): string =>
  JSON.stringify({ Channel: 'Microsoft-Windows-Sysmon/Operational', EventID: 1, CommandLine: line });

describe('tocsin hunt', function () {
  this.timeout(60_000);
  const folder = useTemporaryFolder();
  const tocsin = (...args: string[]) =>
    runTocsin(folder(), ['hunt', '--detections', 'rules', '--data', 'logs', ...args]);
  const write = async (name: string, text: string): Promise<void> => {
    await mkdir(join(folder(), name, '..'), { recursive: true });
    await writeFile(join(folder(), name), text);
  };
  const hitsOf = async (...args: string[]) =>
    (await tocsin('--format', 'ndjson', ...args)).stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { rule: { id: string }; record: number; file: string });

  beforeEach(async () => {
    await write('rules/a.yml', rule('r1', {}));
    await write('logs/a.json', [start('whoami /all'), start('dir')].join('\n'));
  });

  it('exits 0 whatever it finds, and 1 only where --fail-on says so', async () => {
    expect((await tocsin()).code).to.equal(0);
    expect((await tocsin('--fail-on', 'critical')).code).to.equal(0);
    expect((await tocsin('--fail-on', 'high')).code).to.equal(1);
    expect((await tocsin('--fail-on', 'low')).code).to.equal(1);
  });

  it('refuses paths, techniques and levels that there are not', async () => {
    expect((await runTocsin(folder(), ['hunt', '--detections', 'none', '--data', 'logs'])).code).to.equal(2);
    expect((await runTocsin(folder(), ['hunt', '--detections', 'rules', '--data', 'none'])).code).to.equal(2);
    expect((await runTocsin(folder(), ['hunt', '--detections', 'logs/a.json.d', '--data', 'logs'])).code).to.equal(2);
    expect((await tocsin('--technique', 'T9999')).code).to.equal(2);
    expect((await tocsin('--min-level', 'severe')).code).to.equal(2);
    expect((await tocsin('--from', 'yesterday')).code).to.equal(2);
  });

  it('counts and lists what it could not use', async () => {
    await write('rules/b.yml', 'title: no detection\nlogsource: {product: windows}\n');
    await write('rules/c.yml', rule('linux', { logsource: { product: 'linux' } }));
    await write('logs/b.json', `${start('x')}\nbroken\n{"a":1}\n`);
    await write('logs/c.bin', 'MZ\0\0');
    const { stdout, stderr, code } = await tocsin('--verbose');
    expect(code).to.equal(0);
    expect(stdout).to.include('Rules 2 loaded · 1 refused · 1 for no source in the data');
    expect(stdout).to.include('1 file not read · 1 could not be read · 1 event that no rule is for');
    expect(stderr)
      .to.include('not read: logs/c.bin: a program, not a log')
      .and.include('unparsed: logs/b.json: 1 × line: not JSON')
      .and.include('no rule is for: events that say nothing of their source: 1 event')
      .and.match(/refused: no detection \(rules\/b\.yml:1\): .*detection/)
      .and.include('for no source in the data: linux (rules/c.yml:1)');
  });

  it('names the rule whose expression runs out of its budget, and counts the events that stay open', async () => {
    // Which of the last thirty characters were an a: no two states are the same.
    await write(
      'rules/b.yml',
      rule('endless', { detection: { s: { 'CommandLine|re': 'a[ab]{30}c' }, condition: 's' } }),
    );
    let seed = 1;
    const next = (): number => (seed = (seed * 48_271) % 0x7fff_ffff);
    const noise = Array.from({ length: 250_000 }, () => ((next() & 64) === 0 ? 'a' : 'b')).join('');
    await write('logs/b.json', `${start(noise)}\n${start(`a${'b'.repeat(30)}c`)}\n`);
    const { stdout, stderr, code } = await tocsin('--threads', '2');
    expect(code).to.equal(0);
    expect(stdout).to.include('1 undecided on some events').and.include('2 of 2 rules');
    expect(stderr).to.include('undecided: endless (rules/b.yml:1): its expressions ran out of their budget on 1 event');
  });

  it('has SQL decide the rules again where --verify asks for it, and always where --explain does', async () => {
    await write('rules/b.yml', rule('not', { detection: { s: { 'User|contains': 'x' }, condition: 'not s' } }));
    const { stdout, code } = await tocsin('--verify', '--threads', '2');
    expect(code).to.equal(0);
    expect(stdout).to.include('2 rules decided by SQL too, on 4 events in all');
    const explained = await tocsin('--explain', 'not');
    expect(explained.stdout).to.include('2 events · 2 of its log source · 2 matched · 2 by SQL too');
    expect(explained.code).to.equal(0);
  });

  it('finds the same, in the same order, with any number of threads', async () => {
    await write('rules/b.yml', rule('r2', { detection: { s: { 'CommandLine|endswith': '7' }, condition: 's' } }));
    for (const name of ['logs/b.json', 'logs/c.json', 'logs/d.json'])
      await write(name, Array.from({ length: 500 }, (_, index) => start(`whoami ${index}`)).join('\n'));
    const one = await hitsOf('--threads', '1');
    expect(one.length).to.equal(1 + 3 * 550);
    expect(
      one
        .filter(({ rule: { id } }) => id === 'r2')
        .map(({ record }) => record)
        .slice(0, 2),
    ).to.deep.equal([8, 18]);
    expect(await hitsOf('--threads', '3')).to.deep.equal(one);
  });

  it('maps fields by pipelines, and says which', async () => {
    await write(
      'logs/b.json',
      '{"Channel":"Microsoft-Windows-Sysmon/Operational","EventID":1,"process.args":"whoami"}\n',
    );
    await write(
      'ours.yml',
      'name: ours\ntransformations:\n  - {id: names, type: field_name_mapping, mapping: {CommandLine: process.args}}\n',
    );
    expect((await hitsOf('--pipeline', 'ours.yml')).map(({ file }) => file)).to.deep.equal(['logs/b.json']);
    expect((await tocsin('--pipeline', 'ours.yml', '--verbose')).stderr).to.include(
      'mapped: r1: CommandLine → process.args by names of ours',
    );
    await write('broken.yml', 'name: x\ntransformations:\n  - {type: no_such_step}\n');
    expect((await tocsin('--pipeline', 'broken.yml')).code).to.equal(2);
  });

  it('applies filters, in either meaning', async () => {
    await write(
      'filters/f.yml',
      JSON.stringify({
        title: 'known',
        logsource: { product: 'windows', category: 'process_creation' },
        filter: { rules: ['r1'], s: { 'CommandLine|endswith': '/all' }, condition: 's' },
      }),
    );
    expect((await tocsin('--filters', 'filters', '--json')).stdout).to.include('"hits": 1');
    expect((await tocsin('--filters', 'filters', '--filter-meaning', 'exclude', '--json')).stdout).to.include(
      '"hits": 0',
    );
  });

  it('matches for a correlation what --min-level leaves out', async () => {
    await write('rules/a.yml', rule('r1', { level: 'low' }));
    await write(
      'rules/b.yml',
      JSON.stringify({
        title: 'often',
        id: 'often',
        level: 'high',
        correlation: {
          type: 'event_count',
          rules: ['r1'],
          'group-by': ['Channel'],
          timespan: '1h',
          condition: { gte: 2 },
        },
      }),
    );
    const at = (time: string): string => start('whoami').replace('{', `{"UtcTime":"2026-11-20 ${time}",`);
    await write('logs/a.json', [at('10:00:00'), at('10:30:00'), start('whoami')].join('\n'));
    const { stdout } = await tocsin('--min-level', 'high', '--json');
    const { hits, summary } = JSON.parse(stdout) as {
      hits: readonly { kind: string; events: readonly object[] }[];
      summary: { uncorrelated: number };
    };
    expect(hits.map(({ kind, events }) => [kind, events.length])).to.deep.equal([['correlation', 2]]);
    expect(summary.uncorrelated).to.equal(1);
  });
});
