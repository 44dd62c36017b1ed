import { expect } from 'chai';
import { openPowerShell, type PowerShellHost, type PowerShellRun } from '../support/run-powershell.ts';

const payloads = ({ records }: PowerShellRun): string[] =>
  records.filter(({ eventId }) => eventId === 4103).map(({ data }) => String(data['Payload']).replaceAll('\r\n', '\n'));

describe('event 4103', () => {
  let host: PowerShellHost;
  afterEach(() => host.close());

  it('tells a pipeline when it ends: commands in order, what their parameters were bound to, and errors', async () => {
    host = openPowerShell(null, true);
    const run = await host.run('Get-Date -Format yyyy | Out-File -FilePath x.txt; Get-Content none.txt');
    expect(payloads(run)).to.deep.equal([
      'CommandInvocation(Get-Date): "Get-Date"\nParameterBinding(Get-Date): name="Format"; value="yyyy"\n' +
        'CommandInvocation(Out-File): "Out-File"\nParameterBinding(Out-File): name="FilePath"; value="x.txt"\n',
      'CommandInvocation(Get-Content): "Get-Content"\nParameterBinding(Get-Content): name="Path"; value="none.txt"\n' +
        'NonTerminatingError(Get-Content): "Cannot find path \'C:\\Users\\analyst\\Temp\\none.txt\' because it does not exist."\n',
    ]);
    const context = run.records.find(({ eventId }) => eventId === 4103)?.data['ContextInfo'];
    expect(context).to.match(/^ {8}Severity = Informational\r\n {8}Host Name = ConsoleHost\r\n/);
    expect(context)
      .to.contain('Command Name = Get-Date\r\n')
      .and.to.contain('Host Application = powershell.exe -c x\r\n');
  });

  it('says nothing of expressions, and nothing at all where module logging is off', async () => {
    host = openPowerShell(null, true);
    expect(payloads(await host.run('1 + 1'))).to.deep.equal([]);
    host.close();
    host = openPowerShell();
    expect(payloads(await host.run('Get-Date | Out-Null'))).to.deep.equal([]);
  });
});
