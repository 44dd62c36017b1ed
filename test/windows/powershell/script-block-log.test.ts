import { expect } from 'chai';
import { openPowerShell, type PowerShellHost, type PowerShellRun } from '../support/run-powershell.ts';

const texts = ({ records }: PowerShellRun): unknown[] => records.map(({ data }) => data['ScriptBlockText']);

describe('script block logging', () => {
  let host: PowerShellHost;
  before(() => (host = openPowerShell()));
  after(() => host.close());

  it('writes event 4104 for a script, with its text and path', async () => {
    const { records } = await host.run('1 + 1', 'C:\\x.ps1');
    expect(records).to.deep.equal([
      {
        channel: 'Microsoft-Windows-PowerShell/Operational',
        provider: 'Microsoft-Windows-PowerShell',
        eventId: 4104,
        data: { MessageNumber: 1, MessageTotal: 1, ScriptBlockText: '1 + 1', ScriptBlockId: 'id-0', Path: 'C:\\x.ps1' },
      },
    ]);
  });

  it('writes one for each block that runs as its own, once however often it runs', async () => {
    expect(texts(await host.run('1..3 | ForEach-Object { $_ }; & { 2 }'))).to.deep.equal([
      '1..3 | ForEach-Object { $_ }; & { 2 }',
      '{ $_ }',
      '{ 2 }',
    ]);
  });

  it('shows a function from its keyword on, when it is called', async () => {
    expect(texts(await host.run('function f { 1 }; f; f'))[1]).to.equal('function f { 1 }');
  });

  it('shows what was decoded and evaluated at run time', async () => {
    const run = await host.run('iex ([Text.Encoding]::Unicode.GetString([Convert]::FromBase64String("MQArADEA")))');
    expect([texts(run)[1], run.stdout]).to.deep.equal(['1+1', '2\n']);
  });

  it('shows a script that fails while it runs', async () => {
    expect(texts(await host.run('nosuch'))).to.deep.equal(['nosuch']);
  });

  it('does not show a block that never runs, nor a script that cannot be read', async () => {
    expect(texts(await host.run('$b = { 1 }'))).to.have.length(1);
    expect(texts(await host.run('if ('))).to.deep.equal([]);
  });

  it('cuts a long script into numbered pieces of one size that give the whole again', async () => {
    const script = `'${'x'.repeat(45_000)}' | Out-Null`;
    const { records } = await host.run(script);
    const [first] = records;
    expect(records.map(({ data }) => [data['MessageNumber'], data['MessageTotal']])).to.deep.equal([
      [1, 4],
      [2, 4],
      [3, 4],
      [4, 4],
    ]);
    expect(new Set(records.map(({ data }) => data['ScriptBlockId']))).to.have.property('size', 1);
    expect(records.map(({ data }) => data['ScriptBlockText']).join('')).to.equal(script);
    expect(String(first?.data['ScriptBlockText']).length).to.equal(15_000);
  });
});
