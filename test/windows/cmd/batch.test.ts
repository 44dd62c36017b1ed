import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { ArithmeticError, evaluateArithmetic } from '../../../src/windows/cmd/run/arithmetic.ts';
import { readLineOptions, splitLine } from '../../../src/windows/cmd/run/for-file.ts';
import { openCmd, type CmdHost } from '../support/run-cmd.ts';

describe('batch files and what they use', () => {
  let host: CmdHost;
  before(() => {
    host = openCmd();
  });
  after(() => host.close());

  const file = (name: string, ...lines: string[]): void =>
    writeFileSync(join(host.drive, 'Users/analyst', name), lines.join('\r\n'));

  it('run line by line, with arguments, labels, groups and variables that are not set', async () => {
    file(
      'a.bat',
      '@echo off',
      'set N=1',
      'if "%1"=="x" (',
      '  echo first %1 %~n0 %%done [%NONE%]',
      ') else echo no',
      'goto next',
      'echo never',
      ':next',
      'call :sub 7',
      'exit /b 3',
      ':sub',
      'echo sub %1',
      'goto :eof',
    );
    const { stdout, stderr, errorLevel } = await host.run('a.bat x');
    expect([stdout, stderr, errorLevel]).to.deep.equal(['first x a %done []\nsub 7\n', '', 3]);
  });

  it('hand over to another file for good, and come back only with call', async () => {
    file('inner.bat', '@echo inner %1');
    file('over.bat', '@echo off', 'inner.bat 1', 'echo after');
    file('back.bat', '@echo off', 'call inner.bat 2', 'echo after');
    expect((await host.run('over.bat')).stdout).to.equal('inner 1\n');
    expect((await host.run('back.bat')).stdout).to.equal('inner 2\nafter\n');
  });

  it('replace !NAME! when a command runs, and keep variables of setlocal to themselves', async () => {
    file(
      'd.bat',
      '@echo off',
      'set V=outer',
      'setlocal enabledelayedexpansion',
      'for %%i in (1 2) do (',
      '  set /a V=%%i*10',
      '  echo !V!',
      ')',
      'endlocal',
      'echo %V%',
    );
    expect((await host.run('d.bat')).stdout).to.equal('10\n20\nouter\n');
  });

  it('loop over lines of commands, texts and files, and over folders', async () => {
    expect((await host.run('for /f "tokens=1,2 delims=," %a in ("x,y,z") do @echo %b-%a')).stdout).to.equal('y-x\n');
    expect((await host.run("for /f %a in ('echo one two') do @echo got %a")).stdout).to.equal('got one\n');
    expect((await host.run('for /f %a in (a.txt) do @echo line %a')).stdout).to.equal('line one\n');
    await host.run('md folder\\inner');
    expect((await host.run('for /d %a in (fold*) do @echo %a')).stdout).to.equal('folder\n');
    expect((await host.run('for /r folder %a in (.) do @echo %a')).stdout).to.contain('folder\\inner\\.');
  });

  it('list files', async () => {
    expect((await host.run('dir /b *.txt')).stdout).to.equal('a.txt\nb.txt\n');
    expect((await host.run('dir /b none.txt')).stderr).to.equal('File Not Found\n');
    const { stdout } = await host.run('dir a.txt');
    expect(stdout).to.match(/ Directory of C:\\Users\\analyst\n\n.*a\.txt\n +1 File\(s\) +5 bytes\n/);
  });

  it('start programs and wait for them only when told to', async () => {
    expect((await host.run('start /b /wait show.exe exit=3 & call echo %ERRORLEVEL%')).stdout).to.contain(
      'show.exe exit=3',
    );
    expect((await host.run('start "" none.exe')).stderr).to.equal('The system cannot find the file none.exe.\n');
  });
});

describe('set /a', () => {
  const calculate = (text: string, variables: Record<string, string> = {}): [number, Record<string, string>] => {
    const value = evaluateArithmetic(text, {
      get: (name) => variables[name] ?? null,
      set: (name, to) => void (variables[name] = to),
    });
    return [value, variables];
  };

  it('knows precedence, bases, names and assignments', () => {
    expect(calculate('1+2*3')[0]).to.equal(7);
    expect(calculate('(1+2)*3, 0x10|1')[0]).to.equal(17);
    expect(calculate('010 + n', { n: '5' })[0]).to.equal(13);
    expect(calculate('a=b=3, a+=4')).to.deep.equal([7, { b: '3', a: '7' }]);
    expect(calculate('-7/2')[0]).to.equal(-3);
    expect(calculate('2147483647+1')[0]).to.equal(-2147483648);
  });

  it('fails as cmd does', () => {
    expect(() => calculate('1/0')).to.throw(ArithmeticError, 'Divide by zero error.');
    expect(() => calculate('1+')).to.throw(ArithmeticError, 'Missing operand.');
    expect(() => calculate('1 2')).to.throw(ArithmeticError, 'Missing operator.');
  });
});

describe('the options of for /f', () => {
  it('take tokens, ranges, the rest, delimiters and lines to pass over', () => {
    const options = readLineOptions('skip=1 tokens=1,3-4* delims=;, eol=#');
    expect(options).to.include({ delimiters: ';,', takesRest: true, skip: 1, endOfLine: '#' });
    expect(splitLine('a;b,c;;d;e f', options)).to.deep.equal(['a', 'c', 'd', 'e f']);
    expect(splitLine('# no', options)).to.equal(null);
  });

  it('leave a line whole with no delimiters', () => {
    expect(splitLine('a b', readLineOptions('delims='))).to.deep.equal(['a b']);
  });
});
