import { expect } from 'chai';
import { openPowerShell, type PowerShellHost } from '../support/run-powershell.ts';

const run = 'HKCU:\\Software\\Microsoft\\Windows\\CurrentVersion\\Run';

describe("PowerShell's registry drives", () => {
  let host: PowerShellHost;
  beforeEach(() => {
    host = openPowerShell();
  });
  afterEach(() => host.close());

  const changes = (records: readonly { eventId: number; channel: string; data: object }[]) =>
    records
      .filter(({ channel }) => channel === 'Microsoft-Windows-Kernel-Registry')
      .map(({ eventId, data }) => [eventId, data]);

  it('make keys and values, and read them back with their types', async () => {
    const { stdout, stderr, records } = await host.run(`
      $null = New-Item -Path '${run}' -Force
      New-ItemProperty -Path '${run}' -Name Evil -Value 'C:\\x.exe' -PropertyType String | Out-Null
      Set-ItemProperty '${run}' Count 7
      $p = Get-ItemProperty '${run}'
      "$($p.Evil) $($p.Count.GetType().Name) $($p.PSChildName)"
      Test-Path '${run}'; Test-Path 'HKLM:\\SOFTWARE\\None'
      (Get-Item '${run}').GetValue('Count') + 1
      Get-ItemPropertyValue '${run}' -Name Evil`);
    expect([stdout, stderr]).to.deep.equal(['C:\\x.exe Int32 Run\nTrue\nFalse\n8\nC:\\x.exe\n', '']);
    const set = changes(records).filter(([id]) => id === 5);
    expect(set.map(([, data]) => data)).to.have.length(2);
    expect(set[1]?.[1]).to.include({ ValueName: 'Count', Type: 4, Data: '0x7' });
  });

  it('remove values and keys', async () => {
    const { stdout, records } = await host.run(`
      New-Item 'HKCU:\\Software\\T\\Sub' -Force | Out-Null
      Set-ItemProperty HKCU:\\Software\\T -Name a -Value 1
      Remove-ItemProperty HKCU:\\Software\\T -Name a
      (Get-Item HKCU:\\Software\\T).Property.Count
      Remove-Item HKCU:\\Software\\T -Recurse
      Test-Path HKCU:\\Software\\T`);
    expect(stdout).to.equal('0\nFalse\n');
    expect(changes(records).map(([id]) => id)).to.deep.equal([1, 1, 1, 5, 6, 3, 3]);
  });

  it('fail as PowerShell does for what is not there', async () => {
    const { stderr } = await host.run(`
      Get-ItemProperty HKCU:\\Software\\None
      New-Item HKCU:\\Software\\T -Force | Out-Null
      Get-ItemProperty HKCU:\\Software\\T -Name x`);
    expect(stderr).to.contain("Get-ItemProperty : Cannot find path 'HKCU:\\Software\\None' because it does not exist.");
    expect(stderr).to.contain('Property x does not exist at path HKEY_CURRENT_USER\\Software\\T.');
  });

  it('keep a value of an existing kind, and take what -PropertyType says', async () => {
    const { stdout, stderr } = await host.run(`
      New-Item HKLM:\\SOFTWARE\\T -Force | Out-Null
      New-ItemProperty HKLM:\\SOFTWARE\\T -Name d -PropertyType DWord -Value 1 | Out-Null
      Set-ItemProperty HKLM:\\SOFTWARE\\T -Name d -Value '5'
      (Get-ItemProperty HKLM:\\SOFTWARE\\T).d.GetType().Name
      New-ItemProperty HKLM:\\SOFTWARE\\T -Name m -PropertyType MultiString -Value a, b | Out-Null
      (Get-ItemProperty HKLM:\\SOFTWARE\\T).m.Count
      (Get-ChildItem HKLM:\\SOFTWARE).Name -join ','`);
    expect([stdout, stderr]).to.deep.equal(['Int32\n2\nHKEY_LOCAL_MACHINE\\SOFTWARE\\T\n', '']);
  });
});
