import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { openPowerShell, type PowerShellHost } from '../support/run-powershell.ts';

describe('cmdlets', () => {
  let host: PowerShellHost;
  before(() => {
    host = openPowerShell();
  });
  after(() => host.close());

  const shows = async (script: string, stdout: string): Promise<void> => {
    const run = await host.run(script);
    expect([run.stdout, run.stderr], script).to.deep.equal([stdout, '']);
  };

  it('copy, move and rename files and folders', async () => {
    await shows(
      `Set-Content a.txt one; Copy-Item a.txt b.txt; Move-Item b.txt c.txt; Rename-Item c.txt d.txt
       New-Item -ItemType Directory f | Out-Null; Copy-Item a.txt f; Copy-Item f g -Recurse
       Get-Content d.txt; (Get-ChildItem -Recurse -Include *.txt).Name -join ','`,
      'one\na.txt,d.txt,a.txt,a.txt\n',
    );
    expect(existsSync(join(host.drive, 'Users/analyst/Temp/g/a.txt'))).to.equal(true);
    const { stderr } = await host.run('Copy-Item none.txt x.txt');
    expect(stderr).to.contain(
      "Copy-Item : Cannot find path 'C:\\Users\\analyst\\Temp\\none.txt' because it does not exist.",
    );
  });

  it('list processes of the host and end them', async () => {
    await shows('(Get-Process | Sort-Object Id).ProcessName -join ","', 'cmd,beacon\n');
    const run = await host.run('Get-Process beacon | Stop-Process; Stop-Process -Name none; Stop-Process -Id 9');
    expect(run.killed).to.deep.equal([404]);
    expect(run.stderr).to.contain('Cannot find a process with the name "none".');
    expect(run.stderr).to.contain('Cannot find a process with the process identifier 9.');
  });

  it('group, tee and write tables', async () => {
    await shows(
      `1..5 | Group-Object { $_ % 2 } | ForEach-Object { "$($_.Name):$($_.Count)" }
       1, 2 | Tee-Object -Variable t | Out-Null; $t.Count
       [pscustomobject]@{ A = 1; B = 'x' } | Format-List`,
      '0:2\n1:3\n2\n\n\nA : 1\nB : x\n\n\n',
    );
  });

  it('search text and files', async () => {
    await shows(
      `Set-Content s.txt 'one', 'two', 'Three'
       (Select-String -Path s.txt -Pattern 't').LineNumber -join ','
       'abc' | Select-String -Pattern 'B' -Quiet
       ('a1 b2' | Select-String '\\d' -AllMatches).Matches.Value -join ','`,
      '2,3\nTrue\n1,2\n',
    );
  });

  it('read and write CSV', async () => {
    await shows(
      `[pscustomobject]@{ A = 1; B = 'x,"y"' } | Export-Csv o.csv -NoTypeInformation; Get-Content o.csv
       (Import-Csv o.csv).B`,
      '"A","B"\n"1","x,""y"""\nx,"y"\n',
    );
    expect(readFileSync(join(host.drive, 'Users/analyst/Temp/o.csv'), 'utf8')).to.contain('\r\n');
  });

  it('set the execution policy in the registry', async () => {
    await shows('Get-ExecutionPolicy; Set-ExecutionPolicy Bypass -Force; Get-ExecutionPolicy', 'Restricted\nBypass\n');
  });

  it('load functions of a module file, and say what module is not there', async () => {
    await shows(`Set-Content m.psm1 'function Get-It { 42 }'; Import-Module .\\m.psm1; Get-It`, '42\n');
    expect((await host.run('Import-Module Nothing')).stderr).to.contain(
      "The specified module 'Nothing' was not loaded",
    );
  });

  it('end with the error of Windows where a program to start is not there', async () => {
    expect((await host.run('Start-Process none.exe')).stderr).to.contain(
      'Start-Process : This command cannot be run due to the error: The system cannot find the file specified.',
    );
  });
});
