import { expect } from 'chai';
import type { ColumnInfo } from '../../../src/model/table.ts';
import type { Relation } from '../../../src/query/engine.ts';
import { loadLanguages } from '../../../src/query/languages.ts';
import { openEngine } from '../../../src/query/open-engine.ts';
import { loadCatalog } from '../../../src/telemetry/catalog.ts';
import { openDatabase, type Database } from '../../../src/telemetry/database.ts';
import { compiled, now, origin, relationOf } from '../support.ts';

const texts = (...names: readonly string[]): readonly ColumnInfo[] => names.map((name) => ({ name, type: 'string' }));

const signins = relationOf('SigninLogs', texts('UserPrincipalName', 'IPAddress'), [
  { UserPrincipalName: 'ana@example.com', IPAddress: '203.0.113.7' },
  { UserPrincipalName: 'bo@example.com', IPAddress: '198.51.100.9' },
]);

const recent = {
  name: 'DeviceProcessEvents',
  columns: [...texts('ActionType', 'DeviceName', 'FolderPath', 'ProcessCommandLine', 'SHA1')],
};

describe('what a workspace knows', () => {
  let database: Database;

  before(async () => {
    database = await openDatabase();
  });

  after(() => database[Symbol.asyncDispose]());

  const open = async (relations: readonly (readonly [string, Relation])[], functions: readonly string[] = []) =>
    openEngine({
      database,
      relations: new Map(relations),
      catalog: loadCatalog(['sentinel', 'defender']),
      languages: await loadLanguages(['kql']),
      functions: functions.map((text) => ({ text })),
    });

  const rowsOf = async (engine: Awaited<ReturnType<typeof open>>, text: string) =>
    (await engine.run(compiled(engine.compile('kql', text, origin)), { now })).rows;

  it('are functions that queries call, with their defaults, and functions that these call', async () => {
    const engine = await open(
      [signins],
      ['let Of = (user:string="ana") { SigninLogs | where UserPrincipalName has user };', 'let Ana = () { Of() };'],
    );
    expect(await rowsOf(engine, 'Ana | project IPAddress')).to.deep.equal([['203.0.113.7']]);
    expect(await rowsOf(engine, 'Of("bo") | project IPAddress')).to.deep.equal([['198.51.100.9']]);
    expect(await rowsOf(engine, 'let Of = () { print a = 1 }; Of')).to.deep.equal([[1]]);
  });

  it('say in their own file what is wrong in them, or at the word that calls them', async () => {
    const text = '\n// of a colleague\nlet Other = 1;\nlet Of = () {\n  SigninLogs | where Nope == 1\n};';
    const file = { file: 'functions/of.kql', line: 1, column: 1 };
    const known = { relations: new Map([signins]), catalog: [], languages: await loadLanguages(['kql']), database };
    const query = 'SigninLogs\n| union Of';
    const placed = openEngine({ ...known, functions: [{ text: 'let First = () { Of };' }, { text, origin: file }] });
    const found = (engine: ReturnType<typeof openEngine>) =>
      engine
        .compile('kql', query, origin)
        .diagnostics.map(({ message, place }) => `${place?.file}:${place?.line}:${place?.column} ${message}`);
    const told =
      "In the saved function Other, Of: The name 'Nope' does not refer to any known column, table, variable or function.";
    expect(found(placed)).to.deep.equal([`functions/of.kql:5:22 ${told}`]);
    expect(found(openEngine({ ...known, functions: [{ text }] }))).to.deep.equal([`rule.kql:2:9 ${told}`]);
    const indirect = openEngine({
      ...known,
      functions: [{ text: text.replaceAll('Of', 'Inner') }, { text: 'let Of = () { Inner };' }],
    });
    expect(found(indirect)).to.deep.equal([`rule.kql:2:9 ${told.replace('Of', 'Inner')}`]);
  });

  it('shows the conditions of such a function at the place of its call, counted for each call', async () => {
    const engine = await open([signins], ['let Of = (user:string) { SigninLogs | where UserPrincipalName has user };']);
    const query = compiled(engine.compile('kql', 'union (Of("ana")),\n(Of("none"))', origin));
    const funnel = await engine.funnel(query, { now });
    const conditions = query.clauses
      .map(({ kind, clause, place }, index) => ({ kind, clause, line: place.line, rows: funnel[index]?.rows }))
      .filter(({ kind }) => kind === 'conjunct');
    expect(conditions).to.deep.equal([
      { kind: 'conjunct', clause: 'UserPrincipalName has user', line: 1, rows: 1 },
      { kind: 'conjunct', clause: 'UserPrincipalName has user', line: 2, rows: 0 },
    ]);
  });

  it('are watchlists; one that nobody gave is empty and has the columns that are asked of it', async () => {
    const engine = await open([
      signins,
      relationOf('watchlist:VIP', texts('SearchKey', 'Upn'), [{ SearchKey: '1', Upn: 'bo@example.com' }]),
    ]);
    const named = (list: string) =>
      `SigninLogs | where UserPrincipalName in ((_GetWatchlist('${list}') | project Upn)) | project UserPrincipalName`;
    expect(await rowsOf(engine, named('VIP'))).to.deep.equal([['bo@example.com']]);
    expect(await rowsOf(engine, named('Other'))).to.deep.equal([]);
    const wrong = engine.compile('kql', "_GetWatchlist('VIP') | where Nope == 1", origin);
    expect(wrong.diagnostics.map(({ code, place }) => `${code} ${place?.column}`)).to.deep.equal(['kql/KS142 30']);
  });

  it('is the profile of a file, by the column that invoke names', async () => {
    const engine = await open([
      relationOf('Files', texts('SHA1'), [{ SHA1: 'AA' }, { SHA1: 'bb' }]),
      relationOf(
        'FileProfile',
        [...texts('SHA1', 'SHA256', 'MD5'), { name: 'GlobalPrevalence', type: 'long' }],
        [{ SHA1: 'aa', GlobalPrevalence: 12 }],
      ),
    ]);
    const text =
      'Files | invoke FileProfile(SHA1, 1000) | where GlobalPrevalence < 100 | project SHA1, GlobalPrevalence';
    expect(await rowsOf(engine, text)).to.deep.equal([['AA', 12]]);
  });

  it('is where addresses are, by the narrowest network; without a table it says so', async () => {
    const text = 'SigninLogs | project c = tostring(geo_info_from_ip_address(IPAddress).country)';
    const engine = await open([
      signins,
      relationOf('geo_info_from_ip_address', texts('network', 'country'), [
        { network: '203.0.0.0/8', country: 'far' },
        { network: '203.0.113.0/24', country: 'near' },
      ]),
    ]);
    expect(await rowsOf(engine, text)).to.deep.equal([['near'], ['']]);
    const without = (await open([signins])).compile('kql', text, origin);
    expect(without.diagnostics.map(({ severity, message }) => `${severity} ${message}`)).to.deep.equal([
      'warning Where addresses are is not known here: give a table geo_info_from_ip_address with a column network.',
    ]);
  });

  it('are ASIM parsers over our own tables', async () => {
    const empty = await open([]);
    for (const parser of ['_Im_ProcessCreate', '_Im_NetworkSession', '_Im_Dns', '_Im_Authentication', 'imDns']) {
      expect(await rowsOf(empty, `${parser} | where TimeGenerated > ago(1d) | take 1`), parser).to.deep.equal([]);
    }
    const full = loadCatalog(['sentinel']).find(({ name }) => name === recent.name);
    const engine = await open([
      relationOf(recent.name, full?.columns ?? [], [
        { ActionType: 'ProcessCreated', DeviceName: 'pc1.example', ProcessCommandLine: 'cmd /c whoami' },
        { ActionType: 'Other', ProcessCommandLine: 'cmd /c whoami' },
      ]),
    ]);
    const text = "_Im_ProcessCreate(commandline_has_any=dynamic(['whoami'])) | project DvcHostname, EventProduct";
    expect(await rowsOf(engine, text)).to.deep.equal([['pc1', 'M365 Defender for Endpoint']]);
  });

  it('leaves a table that is not there out of a fuzzy union', async () => {
    const engine = await open([signins]);
    const text =
      'union isfuzzy=true (SigninLogs | project UserPrincipalName), (Nope_CL | where A == 1 | project B) | count';
    expect(await rowsOf(engine, text)).to.deep.equal([[2]]);
  });
});
