import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { openPowerShell, type PowerShellHost } from '../support/run-powershell.ts';

describe('PowerShell', () => {
  let host: PowerShellHost;
  before(() => (host = openPowerShell()));
  after(() => host.close());

  /** Lines that a script prints, blank ones left out. */
  const prints = (script: string, lines: readonly string[]): void => {
    it(`${script.replaceAll('\n', ' ⏎ ')} prints ${lines.join(' · ') || 'nothing'}`, async () => {
      const { stdout, stderr } = await host.run(script);
      expect(stderr).to.equal('');
      expect(stdout.split('\n').filter((line) => line !== '')).to.deep.equal(lines);
    });
  };

  describe('arithmetic', () => {
    prints('7 / 2', ['3.5']);
    prints('8 / 2', ['4']);
    prints('7 % 3; -7 % 3', ['1', '-1']);
    prints('[int]2.5; [int]3.5; [int]"7"', ['2', '4', '7']);
    prints('2147483647 + 1', ['2147483648']);
    prints('(2147483647 + 1).GetType().Name', ['Double']);
    prints('0.1 + 0.2', ['0.3']);
    prints('1e20; 1.5e-7', ['1E+20', '1.5E-07']);
    prints('"5" + 3; 5 + "3"', ['53', '8']);
    prints('"ab" * 3', ['ababab']);
    prints('1,2 + 3', ['1', '2', '3']);
    prints('5 -band 3; 5 -bor 3; 5 -bxor 3; -bnot 5; 1 -shl 4', ['1', '7', '6', '-6', '16']);
    prints('5..1', ['5', '4', '3', '2', '1']);
    prints('$i = 1; $i++; $i; ++$i; ($i++); $i', ['2', '3', '4']);
  });

  describe('comparison', () => {
    prints('"A" -eq "a"; "A" -ceq "a"', ['True', 'False']);
    prints('1 -eq "1"; "1" -eq 1', ['True', 'True']);
    prints('1,2,3,2 -eq 2', ['2', '2']);
    prints('"abc" -like "A*c"; "abc" -like "?c"', ['True', 'False']);
    prints('"a1b22" -match "(\\d+)$"; "x=7" -match "(?<n>\\d)"; $Matches.n', ['True', 'True', '7']);
    prints('"a-b" -replace "(\\w)-(\\w)", \'$2-$1\'', ['b-a']);
    prints('1,2 -contains 2; 3 -in 1,2; "x" -notin "y"', ['True', 'False', 'True']);
    prints('5 -is [int]; "5" -is [string]; "5" -as [int]; "x" -as [int]', ['True', 'True', '5']);
    prints('"a,b;c" -split "[,;]"; "a b c" -split " ", 2', ['a', 'b', 'c', 'a', 'b c']);
    prints('-join ("a","b"); "a","b" -join "-"', ['ab', 'a-b']);
    prints('$true -and $false; $true -xor $true; !0', ['False', 'False', 'True']);
  });

  describe('strings', () => {
    prints('$x = 5; "v=$x $($x + 1) `$x ${x}"', ['v=5 6 $x 5']);
    prints("'no $x here'", ['no $x here']);
    prints('$a = 1,2; "$a"', ['1 2']);
    prints('"{0:N2}|{1,5}|{2,-3}|{0:X}|{3:D3}" -f 255, "a", "b", 7', ['255.00|    a|b  |FF|007']);
    prints('"abc".ToUpper().Substring(1); "a.b".Split("."); "abc".Length; "abc"[0]; "abc"[-1]', [
      'BC',
      'a',
      'b',
      '3',
      'a',
      'c',
    ]);
    prints('" x ".Trim() + "|"; "abc".Replace("b","X"); "abc".IndexOf("c")', ['x|', 'aXc', '2']);
    prints('@"\nline $(1+1)\n"@', ['line 2']);
    prints('[Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes("hi"))', ['aABpAA==']);
    prints('[Text.Encoding]::UTF8.GetString([Convert]::FromBase64String("aGk="))', ['hi']);
    prints('[char]65; [int][char]"A"; [string]5 + 5', ['A', '65', '55']);
    prints('"$env:USERNAME" ; $env:NEW = "v"; $env:new', ['analyst', 'v']);
  });

  describe('collections', () => {
    prints('$a = @(); $a += 1; $a += 2; $a.Count; $a[-1]', ['2', '2']);
    prints('$a = 1,2,3; $a[0,2]; $a[1] = 9; $a -join ","', ['1', '3', '1,9,3']);
    prints('$h = @{a=1; B=2}; $h.b; $h["A"]; $h.c = 3; $h.Count; $h.ContainsKey("c")', ['2', '1', '3', 'True']);
    prints('$x, $y = 1, 2, 3; $x; $y -join "+"', ['1', '2+3']);
    prints('([pscustomobject]@{n="x"; v=1}).n; (@{a=1},@{a=2}).a -join ","', ['x', '1,2']);
    prints('@{a=1}', ['Name Value', '---- -----', 'a        1']);
    prints('[pscustomobject]@{Name="x"; Size=10}', ['Name Size', '---- ----', 'x      10']);
    prints('$null.foo; $null -eq $null; @($null).Count; @().Count', ['True', '1', '0']);
  });

  describe('control flow', () => {
    prints('if (0) { 1 } elseif ("x") { 2 } else { 3 }', ['2']);
    prints('for ($i = 0; $i -lt 5; $i++) { if ($i -eq 1) { continue }; if ($i -eq 3) { break }; $i }', ['0', '2']);
    prints('$i = 0; while ($i -lt 2) { $i++; "w$i" }; do { $i-- } while ($i -gt 0); $i', ['w1', 'w2', '0']);
    prints('foreach ($x in 1..3) { $x * $x }', ['1', '4', '9']);
    prints(':outer foreach ($a in 1,2) { foreach ($b in 1,2) { if ($b -eq 2) { continue outer }; "$a$b" } }', [
      '11',
      '21',
    ]);
    prints('switch (1,"b","zz") { 1 { "one" } "B" { "bee" } default { "other" } }', ['one', 'bee', 'other']);
    prints('switch -wildcard ("abc") { "a*" { "first" } "*c" { "second"; break } "*" { "never" } }', [
      'first',
      'second',
    ]);
    prints('function f($a, $b = 5) { "$a-$b" }; f 1; f -b 2 3; f', ['1-5', '3-2', '-5']);
    prints('function g { return 1; 2 }; g; $x = g; $x', ['1', '1']);
    prints('function sw { param([switch]$s, [int]$n) "$s $n" }; sw -s 3; sw', ['True 3', 'False 0']);
    prints('function p { process { $_ + 1 } }; 1,2 | p; filter q { $_ * 2 }; 3 | q', ['2', '3', '6']);
    prints('$x = 1; function s { $x = 2; $x }; s; $x; & { $x = 3 }; $x; . { $x = 4 }; $x', ['2', '1', '1', '4']);
    prints('& { param($a) "got $a" } 7; $b = { "x$args" }; & $b 1 2; $b.Invoke(3)', ['got 7', 'x1 2', 'x3']);
  });

  describe('pipelines', () => {
    prints('1..5 | Where-Object { $_ % 2 } | ForEach-Object { $_ * 10 }', ['10', '30', '50']);
    prints('1..3 | % -Begin { "b" } -Process { $_ } -End { "e" }', ['b', '1', '2', '3', 'e']);
    prints('"a","bb" | % Length; "x" | % ToUpper', ['1', '2', 'X']);
    prints('1..10 | Select-Object -First 2; 1..10 | select -Last 1; 1..4 | select -Skip 3', ['1', '2', '10', '4']);
    prints('1..3 | % { Write-Host "s$_"; $_ } | Select-Object -First 1', ['s1', '1']);
    prints('(1..4 | Measure-Object -Sum).Sum; (1..4 | measure).Count', ['10', '4']);
    prints('3,1,2 | Sort-Object -Descending; "b","a","b" | sort -Unique', ['3', '2', '1', 'a', 'b']);
    prints('@{a=1},@{a=2} | ? a -gt 1 | % { $_.a }', ['2']);
    prints('1 | Out-Null; $null = 5; [void]6', []);
    prints('Write-Output 1,2 | % { "<$_>" }', ['<1>', '<2>']);
    prints('Invoke-Expression "1 + 1"; "2+2" | iex', ['2', '4']);
    prints('Get-Date -Format "yyyy-MM-dd"; (Get-Date).Year; ([datetime]"2020-02-03").AddDays(1).ToString("d")', [
      '2026-11-20',
      '2026',
      '2/4/2020',
    ]);
    prints('$r = Get-Random -Minimum 5 -Maximum 9; $r -ge 5 -and $r -lt 9; (1..9 | Get-Random -Count 3).Count', [
      'True',
      '3',
    ]);
    prints('(\'{"a":[1,2]}\' | ConvertFrom-Json).a; @{x=1} | ConvertTo-Json -Compress', ['1', '2', '{"x":1}']);
  });

  describe('errors', () => {
    prints(
      'try { throw "boom" } catch { "caught $($_.Exception.Message)"; $_.FullyQualifiedErrorId } finally { "f" }',
      ['caught boom', 'boom', 'f'],
    );
    prints('try { 1/0 } catch [System.Net.WebException] { "web" } catch { $_.Exception.Message }', [
      'Attempted to divide by zero.',
    ]);
    prints(
      'try { nosuch } catch [System.Management.Automation.CommandNotFoundException] { $_.Exception.CommandName }',
      ['nosuch'],
    );
    prints('try { Write-Error "e" -ErrorAction Stop } catch { "stopped: $_" }', ['stopped: e']);
    prints('Write-Error "quiet" -ErrorAction SilentlyContinue; $?; $Error.Count', ['False', '1']);
    prints('try { try { throw "a" } catch { throw } } catch { "outer $_" }', ['outer a']);
    prints('$ErrorActionPreference = "SilentlyContinue"; nosuch; "after"', ['after']);
    prints('& { nosuch } 2>$null; try { [int]"x" } catch { "no" }', ['no']);

    const fails = (script: string, stderr: readonly string[], exitCode = 1): void => {
      it(`${script} is told as PowerShell tells it`, async () => {
        const run = await host.run(script);
        expect(run.stderr.trimEnd().split('\n')).to.deep.equal(stderr);
        expect(run.exitCode).to.equal(exitCode);
      });
    };
    fails('foo -bar', [
      "foo : The term 'foo' is not recognized as the name of a cmdlet, function, script file, or operable program. Check the spelling of the name, or if a path was included, verify that the path is correct and try again.",
      'At line:1 char:1',
      '+ foo -bar',
      '+ ~~~',
      '    + CategoryInfo          : ObjectNotFound: (foo:String) [], CommandNotFoundException',
      '    + FullyQualifiedErrorId : CommandNotFoundException',
    ]);
    fails('throw "x"', [
      'x',
      'At line:1 char:1',
      '+ throw "x"',
      '+ ~~~~~~~~~',
      '    + CategoryInfo          : OperationStopped: (x:String) [], RuntimeException',
      '    + FullyQualifiedErrorId : x',
    ]);
    fails('Get-Date -Nope 1', [
      "Get-Date : A parameter cannot be found that matches parameter name 'Nope'.",
      'At line:1 char:1',
      '+ Get-Date -Nope 1',
      '+ ~~~~~~~~~~~~~~~~',
      '    + CategoryInfo          : InvalidArgument: (:) [Get-Date], ParameterBindingException',
      '    + FullyQualifiedErrorId : NamedParameterNotFound,Microsoft.PowerShell.Commands.GetDateCommand',
    ]);
    fails('if (1 { 2 }', [
      "Missing closing ')' after expression in 'if' statement.",
      'At line:1 char:7',
      '+ if (1 { 2 }',
      '+       ~',
      '    + CategoryInfo          : ParserError: (:) [], ParentContainsErrorRecordException',
      '    + FullyQualifiedErrorId : MissingEndParenthesisAfterStatement',
    ]);

    it('goes on after a statement that failed, and ends with the state of the last', async () => {
      const run = await host.run('nosuch; "after"');
      expect([run.stdout, run.exitCode]).to.deep.equal(['after\n', 0]);
    });

    it('ends at a throw outside of try', async () => {
      const run = await host.run('"before"; throw "x"; "after"');
      expect([run.stdout, run.exitCode]).to.deep.equal(['before\n', 1]);
    });

    it('ends with the code that exit names, from any depth', async () => {
      expect((await host.run('function f { 1..3 | % { if ($_ -eq 2) { exit 7 } } }; f; 5')).exitCode).to.equal(7);
    });
  });

  describe('sleep', () => {
    it('takes seconds as whole numbers, rounded half to even, and milliseconds', async () => {
      const { slept } = await host.run(
        'Start-Sleep 2; Start-Sleep -s 1.5; sleep -Seconds 0.5; Start-Sleep -m 250; Start-Sleep -Milliseconds 10',
      );
      expect(slept).to.deep.equal([2000, 2000, 0, 250, 10]);
    });
  });

  describe('files', () => {
    it('are written and read on drive C, whatever the case of a path', async () => {
      const { stdout } = await host.run(
        '"a","b" | Set-Content f.txt; Add-Content F.TXT c; (Get-Content .\\f.txt) -join "|"; Test-Path $env:TEMP\\f.txt; del f.txt; Test-Path f.txt',
      );
      expect(stdout).to.equal('a|b|c\nTrue\nFalse\n');
    });

    it('hold UTF-16 with a mark when output was redirected into them', async () => {
      await host.run('"hi" > out.txt; "x" >> out.txt');
      const bytes = readFileSync(join(host.drive, 'Users/analyst/Temp/out.txt'));
      expect([bytes[0], bytes[1], bytes.subarray(2).toString('utf16le')]).to.deep.equal([0xff, 0xfe, 'hi\r\nx\r\n']);
    });

    it('of scripts run, with their parameters', async () => {
      writeFileSync(join(host.drive, 'Users/analyst/Temp/s.ps1'), 'param($a) "script $a $($args.Count)"');
      expect((await host.run('.\\s.ps1 1; .\\s -a 2; & .\\S.PS1 3 4')).stdout).to.equal(
        'script 1 0\nscript 2 0\nscript 3 1\n',
      );
    });
  });

  describe('what it does not implement', () => {
    for (const script of [
      'Get-WinEvent',
      'try { whoami } catch { 1 }',
      'New-Object Net.Sockets.UdpClient',
      '[Foo]::Bar()',
      'class C {}',
      '"a".Normalize()',
      'Get-Date -DisplayHint Date',
      'trap { 1 }',
      '$Host',
      '[xml]"<a/>"',
    ]) {
      it(`fails loudly in ${script}, past any catch`, async () => {
        const message = await host.run(script).then(
          () => 'it ran',
          (error: Error) => error.message,
        );
        expect(message).to.match(/^not implemented by the Windows persona: /);
      });
    }
  });

  it('interpolates any text unchanged', async () => {
    const text = fc.string({ unit: fc.constantFrom('a', ' ', '$', '`', '"', "'", '(', '{', 'é', '\\') });
    await fc.assert(
      fc.asyncProperty(text, async (value) => {
        const { stdout } = await host.run(`$x = '${value.replaceAll("'", "''")}'; "<$x>"`);
        expect(stdout).to.equal(`<${value}>\n`);
      }),
      { numRuns: 50 },
    );
  });
});
