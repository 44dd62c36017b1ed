import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { openEngine } from '../../src/api/index.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';
import { runTocsin } from './run-tocsin.ts';

const environment = `functions:
  - functions/vip.kql
  - functions/parser.yaml
  - text: 'let Three = () { print n = 3 };'
watchlists:
  VIPs: vips.csv
  Ranges:
    - { SearchKey: office, Network: 203.0.113.0/24 }
tables:
  Signins: signins.ndjson
file_profile:
  - { SHA1: aa, GlobalPrevalence: 12 }
geo:
  - { network: 203.0.113.0/24, country: Kestrel }
externaldata:
  https://lists.example/bad.txt: bad.txt
  https://lists.example/bad.csv: bad.csv
  https://lists.example/rows: [{ ip: 203.0.113.9 }]
  https://lists.example/drivers.json:
    text: '[{"Category": "a", "Tags": ["x", "y"]}, {"Category": "b", "Tags": []}]'
`;

const files: Readonly<Record<string, string>> = {
  'corp/environment.yaml': environment,
  'corp/functions/vip.kql': "let Vip = (user:string) { user in ((_GetWatchlist('VIPs') | project Upn)) };",
  'corp/functions/parser.yaml':
    'ParserName: vimSignins\nParserParams:\n  - { Name: who, Type: string, Default: "*" }\nParserQuery: |\n  let all = Signins;\n  all | where who == "*" or User has who;\n',
  'corp/vips.csv': 'SearchKey,Upn\n1,ana@example.com\n',
  'corp/signins.ndjson':
    '{"User":"ana@example.com","IP":"203.0.113.7","SHA1":"AA"}\n{"User":"bo@example.com","IP":"198.51.100.7","SHA1":"bb"}\n',
  'corp/bad.txt': '# bad addresses\n203.0.113.7\n"203.0.113.8\n',
  'corp/bad.csv': 'ip,note,seen\n203.0.113.7,"a, quoted\ncell",2026-11-20\n',
};

/** Each query with the rows that the environment gives it. */
const answers: readonly (readonly [string, readonly (readonly unknown[])[]])[] = [
  ['Signins | where Vip(User) | project IP', [['203.0.113.7']]],
  ['vimSignins(who="bo") | project IP', [['198.51.100.7']]],
  ['vimSignins | count', [[2]]],
  ['Three', [[3]]],
  ["_GetWatchlist('Ranges') | project Network", [['203.0.113.0/24']]],
  ['_GetWatchlistAlias | sort by WatchlistAlias asc', [['Ranges'], ['VIPs']]],
  ['_GetWatchlistAlias() | count', [[2]]],
  ['Signins | invoke FileProfile(SHA1, 1000) | project GlobalPrevalence', [[12], [null]]],
  ['Signins | project c = tostring(geo_info_from_ip_address(IP).country)', [['Kestrel'], ['']]],
  [
    "externaldata(ip:string)['https://lists.example/bad.txt'] with (ignoreFirstRecord=true)",
    [['203.0.113.7'], ['"203.0.113.8']],
  ],
  [
    "externaldata(ip:string, note:string, seen:datetime)[h@'https://lists.example/bad.csv'] with (format='csv', ignoreFirstRecord=true)",
    [['203.0.113.7', 'a, quoted\ncell', '2026-11-20T00:00:00.0000000Z']],
  ],
  ["externaldata(line:string)['https://lists.example/bad.csv'] with (format='txt') | count", [[2]]],
  ["externaldata(ip:string)['https://lists.example/rows']", [['203.0.113.9']]],
  [
    "externaldata(Category:string, Tags:dynamic)['https://lists.example/drivers.json'] with (format='multijson') | mv-expand Tags to typeof(string)",
    [
      ['a', 'x'],
      ['a', 'y'],
    ],
  ],
  [
    `externaldata(Kind:string, second:string)['https://lists.example/drivers.json'] with (format='multijson', ingestionMapping='[{"Column":"Kind","Properties":{"Path":"$.Category"}},{"column":"second","path":"$.Tags[1]"}]')`,
    [
      ['a', 'y'],
      ['b', ''],
    ],
  ],
  ["externaldata(ip:string)['https://lists.example/rows', 'https://lists.example/bad.txt'] | count", [[4]]],
];

describe('an environment', function () {
  this.timeout(60_000);
  const folder = useTemporaryFolder();

  beforeEach(async () => {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder(), name)), { recursive: true });
      await writeFile(join(folder(), name), text);
    }
  });

  const tocsin = (...args: string[]) => runTocsin(folder(), args);

  it('stands on the command line of query and explain', async () => {
    const query = ['Signins | where Vip(User)', '--environment', 'corp/environment.yaml'];
    const { stdout } = await tocsin('query', ...query, '--json');
    expect((JSON.parse(stdout) as { rows: unknown[] }).rows).to.have.length(1);
    expect((await tocsin('explain', ...query)).stdout)
      .to.include('1:17')
      .and.include('Vip(User)');
  });

  it('gives way to what the command line says itself', async () => {
    await writeFile(join(folder(), 'other.csv'), 'Upn\nbo@example.com\n');
    const args = ['Signins | where Vip(User) | project User', '--environment', 'corp/environment.yaml'];
    const { stdout } = await tocsin('query', ...args, '--watchlist', 'VIPs=other.csv', '--format', 'ndjson');
    expect(stdout).to.equal('{"User":"bo@example.com"}\n');
  });

  it('is given to the library as a file or as a value', async () => {
    await using engine = await openEngine({ environment: join(folder(), 'corp/environment.yaml') });
    for (const [text, rows] of answers) {
      const outcome = await engine.query('kql', text);
      expect(outcome.ok ? outcome.rows : outcome.diagnostics, text).to.deep.equal(rows);
    }
    await using other = await openEngine({ environment: { watchlists: { W: [{ a: 1 }] } } });
    expect(await other.query('kql', "_GetWatchlist('W') | project a")).to.deep.include({ ok: true, rows: [[1]] });
    const error = await openEngine({ environment: { watchlist: {} } as never }).catch((cause: unknown) => cause);
    expect(error).to.have.property('code', 'environment/invalid');
  });

  it('holds for a batch, and for one line of it', async () => {
    const lines = [
      { id: 1, query: 'Three' },
      { id: 2, query: 'Mine', environment: { functions: [{ text: 'let Mine = () { Three | extend m = n + 1 };' }] } },
      { id: 3, query: "_GetWatchlist('VIPs') | project Upn", environment: { watchlists: { VIPs: [{ Upn: 'own' }] } } },
      { id: 4, query: 'Mine' },
      { id: 5, query: 'print 1', environment: { watchlists: { VIPs: 'vips.csv' } } },
    ];
    await writeFile(join(folder(), 'lines.ndjson'), lines.map((line) => JSON.stringify(line)).join('\n'));
    const { stdout } = await tocsin('query', '--batch', 'lines.ndjson', '--environment', 'corp/environment.yaml');
    const answered = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { rows?: unknown; error?: { code: string } });
    expect(answered.map(({ rows, error }) => rows ?? error?.code)).to.deep.equal([
      [[3]],
      [[3, 4]],
      [['own']],
      'kql/KS142',
      'environment/no-files',
    ]);
  });

  it('says where it names what cannot be read', async () => {
    const wrong = join(folder(), 'corp/wrong.yaml');
    await writeFile(wrong, 'functions: [none.kql, vips.csv]\nwatchlists:\n  VIPs: vips.doc\n');
    const { code, stderr } = await tocsin('query', 'print 1', '--environment', 'corp/wrong.yaml');
    expect(code).to.equal(2);
    expect(stderr).to.include('corp/wrong.yaml:1:13').and.include('none.kql cannot be read');
    expect(stderr).to.include('corp/wrong.yaml:1:23').and.include('vips.csv declares no function');
    expect(stderr).to.include('corp/wrong.yaml:3:9').and.include('error[data/unknown-format]');
    await writeFile(wrong, 'watchlist: {}\n');
    expect((await tocsin('query', 'print 1', '--environment', 'corp/wrong.yaml')).stderr).to.include('wrong.yaml:1:1');
  });

  it('refuses what is kept elsewhere, and says what to do', async () => {
    for (const [text, what] of [
      ["workspace('other').SigninLogs | where Nope == 1", 'another workspace'],
      ["adx('x').T", 'a cluster of Azure Data Explorer'],
      ["arg('').Resources", 'Azure Resource Graph'],
      ["cluster('x').database('y').T", 'the cluster x'],
      ["database('y').T", 'the database y'],
    ] as const) {
      const { code, stderr } = await tocsin('query', text);
      expect(code, text).to.equal(2);
      expect(stderr.match(/error\[kql\/elsewhere\]/g), text).to.have.length(1);
      expect(stderr).to.include(what).and.include('give what it would read as a table');
    }
  });
});
