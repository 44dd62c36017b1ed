import { expect } from 'chai';
import fc from 'fast-check';
import { parsePowerShell, positionOf } from '../../../../src/windows/powershell/syntax/parse.ts';
import { renderParsed } from '../../support/render-ast.ts';

const reads = (cases: readonly (readonly [string, string])[]): void => {
  for (const [text, tree] of cases) {
    it(`reads ${JSON.stringify(text)}`, () => {
      expect(renderParsed(text)).to.equal(tree);
    });
  }
};

describe('PowerShell in expression mode', () => {
  reads([
    ['1+2*3', '(+ 1 (* 2 3))'],
    ['1 - 2 - 3', '(- (- 1 2) 3)'],
    ['-1', '-1'],
    ['- 1', '(- 1)'],
    ['1-1', '(- 1 1)'],
    ['2 * -$x', '(* 2 (- $x))'],
    ['1..5', '(.. 1 5)'],
    ['0..$n-1', '(- (.. 0 $n) 1)'],
    ['"{0}" -f 1,2', "(f '{0}' [1 2])"],
    ['$a -eq 1 -and $b -cne 2', '(and (eq $a 1) (ne! $b 2))'],
    ['$a -band 4 -eq 4', '(band $a (eq 4 4))'],
    ['!$a -or -not $b', '(or (not $a) (not $b))'],
    ['$a -split ",",2 -join "-"', "(join (split $a [',' 2]) '-')"],
    ['-split "a b"', "(split 'a b')"],
    ['-join $x', '(join $x)'],
    ['$x -ireplace "a","b"', "(replace $x ['a' 'b'])"],
    [',1', '(, 1)'],
    ['1,2,3', '[1 2 3]'],
    ['[int]"5" + 1', "(+ (int)'5' 1)"],
    ['[string[]]@(1)', '(string[])@{1}'],
    ['[int] -eq [long]', '(eq type(int) type(long))'],
    ['[Math]::Max(1, 2)', 'type(Math)::Max(1, 2)'],
    ['[System.Text.Encoding]::UTF8.GetBytes("a")', "type(System.Text.Encoding)::UTF8.GetBytes('a')"],
    ['$x[0].Name.ToUpper()', '$x[0].Name.ToUpper()'],
    ['$x[-1]', '$x[-1]'],
    ['$i++', '(x++ $i)'],
    ['++$i', '(++x $i)'],
    ['$a = $b = 1', '$a = $b = 1'],
    ['$a += 1, 2', '$a += [1 2]'],
    ['$x.y = 3', '$x.y = 3'],
    ['($a = 1)', '($a = 1)'],
    ['@{a=1; "b c"=2\nc=Get-Date}', "@{a=1; 'b c'=2; c=(cmd Get-Date)}"],
    ['$env:TEMP', '$env:TEMP'],
    ['${a b}', '$a b'],
    ['$global:x', '$global:x'],
    ['$_', '$_'],
    ['$?', '$?'],
    ['$(1;2)', '${1; 2}'],
    ['1 +\n2', '(+ 1 2)'],
    ['{ $_ }', 'block{$_}'],
    ["'it''s'", "'it's'"],
    ['7z', '(cmd 7z)'],
    ['1.5', '1.5:double'],
    ['10kb', '10240'],
    ['3gb', '3221225472:long'],
    ['0x1F', '31'],
    ['0xFFFFFFFF', '-1'],
    ['5l', '5:long'],
    ['2d', '2:decimal'],
    ['1e3', '1000:double'],
    ['“a” – “b”', "(- 'a' 'b')"],
  ]);
});

describe('PowerShell in argument mode', () => {
  reads([
    ['foo 1+1', '(cmd foo 1+1)'],
    ['foo 1..5', '(cmd foo 1..5)'],
    ['foo 5', '(cmd foo 5)'],
    ['foo -5', '(cmd foo -5)'],
    ['foo -split a', '(cmd foo -split a)'],
    ['foo a,b , c', '(cmd foo [a b c])'],
    ['foo "a"b', "(cmd foo 'a' b)"],
    ['foo a"b c"d', '(cmd foo ab cd)'],
    ['foo $env:TEMP\\x.txt', '(cmd foo "<$env:TEMP>\\x.txt")'],
    ['foo $x.y[0] z', '(cmd foo $x.y[0] z)'],
    ['foo $x-y', '(cmd foo "<$x>-y")'],
    ['foo http://h:1/c?id=$_&', 'powershell/AmpersandNotAllowed 1:23'],
    ['foo http://h:1/c?id=$_ -a', '(cmd foo "http://h:1/c?id=<$_>" -a)'],
    ['foo a$(1)b', '(cmd foo "a<${1}>b")'],
    ['foo (1+1) {2} @{a=1} @(3)', '(cmd foo ((+ 1 1)) block{2} @{a=1} @{3})'],
    ['foo -Name:value -Flag', '(cmd foo -Name:value -Flag)'],
    ['foo -a.b', '(cmd foo -a .b)'],
    ['foo @params', '(cmd foo @params)'],
    ['foo [int]5', '(cmd foo [int]5)'],
    ['foo --% %PATH% "x', '(cmd foo --% %PATH% "x)'],
    ['foo > out.txt 2>&1', '(cmd foo output>out.txt error→output)'],
    ['foo 2>> $null', '(cmd foo error>>$null)'],
    ['foo 2', '(cmd foo 2)'],
    ['foo a `\n b', '(cmd foo a b)'],
    ['foo a#b # comment', '(cmd foo a#b)'],
    ['foo <# c #> a', '(cmd foo a)'],
    ['& "C:\\a b\\c.exe" x', "(&cmd 'C:\\a b\\c.exe' x)"],
    ['& { 1 } 2', '(&cmd block{1} 2)'],
    ['. .\\x.ps1', '(.cmd .\\x.ps1)'],
    ['.\\x.ps1 a', '(cmd .\\x.ps1 a)'],
    ['C:\\x\\y.exe /a', '(cmd C:\\x\\y.exe /a)'],
    ['a | b |\n c', '(cmd a) | (cmd b) | (cmd c)'],
    ['1..3 | % { $_ }', '(.. 1 3) | (cmd % block{$_})'],
    ['a; b\nc', '(cmd a); (cmd b); (cmd c)'],
    ['foreach-object', '(cmd foreach-object)'],
    ['gci | foreach { 1 }', '(cmd gci) | (cmd foreach block{1})'],
    ['foo "$x $($y.z) `n ${w}"', '(cmd foo "<$x> <${$y.z}> \n <$w>")'],
    ['foo "a$ b"', "(cmd foo 'a$ b')"],
    ["foo @'\na'b\n'@", "(cmd foo 'a'b')"],
    ['foo @"\na $x\n"@', '(cmd foo "a <$x>")'],
    ['foo @"\r\n"@ b', "(cmd foo '' b)"],
  ]);
});

describe('PowerShell statements', () => {
  reads([
    ['if ($a) { 1 } elseif ($b) { 2 } else { 3 }', 'if'],
    ['if (1) {2}\nelse {3}', 'if'],
    ['for ($i=0; $i -lt 3; $i++) { $i }', 'for'],
    ['for (;;) { break }', 'for'],
    ['foreach ($x in 1,2) { $x }', 'foreach'],
    ['while ($true) { continue }', 'while'],
    ['do { 1 } until ($x)', 'while'],
    ['switch -regex ($x) { "a" { 1 } default { 2 } }', 'switch'],
    ['try { 1 } catch [System.Exception], [Foo] { 2 } finally { 3 }', 'try'],
    ['function f($a, [int]$b = 2) { $a }', 'function'],
    ['function f { [CmdletBinding()] param([Parameter(Mandatory=$true)][string]$x) process { $x } }', 'function'],
    ['$x = if (1) { 2 } else { 3 }', '$x = if'],
    ['return 1', 'return'],
    ['throw "x"', 'throw'],
    [':a while (1) { break a }', 'while'],
    ['class C { [int]$x = "}" }', 'unsupported'],
    ['if (1) {2} 3', 'if; 3'],
  ]);

  it('keeps what names itself like a keyword apart from it', () => {
    expect(renderParsed('ifx; if-foo')).to.equal('(cmd ifx); (cmd if-foo)');
  });
});

describe('PowerShell that is no PowerShell', () => {
  reads([
    ['(1', 'powershell/MissingEndParenthesisInExpression 1:3'],
    ['"abc', 'powershell/TerminatorExpectedAtEndOfString 1:1'],
    ['1 +', 'powershell/ExpectedValueExpression 1:3'],
    ['if (1) 2', 'powershell/MissingStatementBlock 1:8'],
    ['{ 1', 'powershell/MissingEndCurlyBrace 1:1'],
    ['a }', 'powershell/UnexpectedToken 1:3'],
    ['1 2', 'powershell/UnexpectedToken 1:3'],
    ['a && b', 'powershell/InvalidEndOfLine 1:3'],
    ['a |', 'powershell/EmptyPipeElement 1:4'],
    ['try { 1 }', 'powershell/MissingCatchOrFinally 1:9'],
    ['"$x: y"', 'powershell/InvalidVariableReferenceWithDrive 1:2'],
    ['a\nfoo 1 | 2', 'powershell/ExpressionsMustBeFirstInPipeline 2:9'],
    ['foo < x', 'powershell/RedirectionNotSupported 1:5'],
    ['$a\\b', 'powershell/UnexpectedToken 1:3'],
  ]);

  it('is told with the line it stands in', () => {
    const parsed = parsePowerShell('1\n  "a', 'x.ps1');
    expect(parsed.diagnostics[0]).to.deep.include({
      message: 'The string is missing the terminator: ".',
      excerpt: '  "a',
    });
    expect(parsed.diagnostics[0]?.place).to.deep.include({ file: 'x.ps1', line: 2, column: 3 });
  });
});

describe('the PowerShell parser', () => {
  it('never throws, whatever the text, and fails within it', () => {
    const piece = fc.constantFrom(
      '$',
      '(',
      ')',
      '{',
      '}',
      '"',
      "'",
      '@',
      '`',
      '\n',
      ' ',
      'a',
      '1',
      '-',
      '|',
      ',',
      '[',
      ']',
      '.',
      ':',
      '%',
      '&',
      '<',
      '>',
      '#',
      ';',
      '=',
      '+',
      'if',
      'foreach',
      '-eq',
      '$x',
      '@"\n',
      '"@',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('');
        const parsed = parsePowerShell(text);
        if (parsed.ok) return;
        const line = parsed.diagnostics[0]?.place?.line ?? 0;
        expect(line).to.be.within(1, text.split(/\r\n|\n|\r/).length);
      }),
      { numRuns: 2000 },
    );
  });

  it('gives every statement its own text', () => {
    const text = 'foo  a ;  $x = 1 | bar # c\nif (1) { 2 }  ';
    const parsed = parsePowerShell(text);
    const statements = parsed.ok ? (parsed.value.end?.statements ?? []) : [];
    expect(statements.map(({ extent }) => text.slice(extent.start, extent.end))).to.deep.equal([
      'foo  a',
      '$x = 1 | bar',
      'if (1) { 2 }',
    ]);
  });

  it('counts lines at CR LF, LF and CR', () => {
    expect(positionOf('a\r\nb\nc\rd', 7)).to.deep.equal({ line: 4, column: 1 });
  });

  it('reads back any text between double quotes that has its signs escaped', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const escaped = text.replace(/[`$"“”„]/g, '`$&');
        const parsed = parsePowerShell(`"${escaped}"`);
        const [statement] = parsed.ok ? (parsed.value.end?.statements ?? []) : [];
        const element = statement?.kind === 'pipeline' ? statement.elements[0] : undefined;
        const expression = element?.kind === 'command-expression' ? element.expression : undefined;
        expect(expression?.kind === 'string' ? expression.value : null).to.equal(text);
      }),
    );
  });
});
