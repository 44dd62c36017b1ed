import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { openPowerShell, type PowerShellHost } from '../support/run-powershell.ts';

/** Prints the one argument it was started with; `exit=N` in it is its exit code; copies its input behind `in`. */
const program = `#!${process.execPath}
const line = process.argv[2];
console.log(line);
if (line.endsWith(' in')) process.stdout.write(require('fs').readFileSync(0));
if (line.endsWith(' err')) console.error('oops');
process.exitCode = Number(/exit=(\\d+)/.exec(line)?.[1] ?? 0);
`;

describe('a program that PowerShell starts', () => {
  let host: PowerShellHost;
  before(() => {
    host = openPowerShell();
    const folder = join(host.drive, 'Windows/my tools');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'show.exe'), program);
    chmodSync(join(folder, 'show.exe'), 0o755);
  });
  after(() => host.close());

  const line = (script: string, expected: string): void => {
    it(`${script} is started as ${expected}`, async () => {
      const { stdout, stderr } = await host.run(`$env:Path = 'C:\\Windows\\my tools'; ${script}`);
      expect([stderr, stdout]).to.deep.equal(['', `${expected}\n`]);
    });
  };
  const path = '"C:\\Windows\\my tools\\show.exe"';
  line('show', path);
  line('SHOW a b', `${path} a b`);
  line('show "a b" c', `${path} "a b" c`);
  // Windows PowerShell 5.1 drops quotes inside an argument and arguments that are empty.
  line('show \'{"a": 1}\' "" x', `${path} "{"a": 1}" x`);
  line('show "a\\ b\\"', `${path} "a\\ b\\\\"`);
  line('show -x:$true -name value', `${path} -x:True -name value`);
  line('show a,b', `${path} a,b`);
  line('$l = "a","b c"; show $l', `${path} a "b c"`);
  line('show 0x10 1.50', `${path} 0x10 1.50`);
  line('show --% %X% "q', `${path} %X% "q`);
  line('& "C:\\windows\\MY TOOLS\\show.exe" 1', `${path} 1`);

  it('is started by Start-Process, which waits and gives the process when asked to', async () => {
    const { stdout, stderr } = await host.run(
      `$p = Start-Process 'C:\\Windows\\my tools\\show.exe' -ArgumentList 'exit=3','b' -Wait -PassThru -NoNewWindow
      $p.ExitCode; $p.HasExited`,
    );
    expect([stderr, stdout]).to.deep.equal(['', `${path} exit=3 b\n3\nTrue\n`]);
  });

  it('leaves its exit code, and $? false where it is not 0', async () => {
    const { stdout, exitCode } = await host.run(
      "$env:Path = 'C:\\Windows\\my tools'; show exit=3 | Out-Null; $?; $LASTEXITCODE; show exit=3 | Out-Null",
    );
    expect([stdout, exitCode]).to.deep.equal(['False\n3\n', 1]);
  });

  it('gives its lines to a variable and takes objects as lines', async () => {
    const { stdout } = await host.run(
      "$env:Path = 'C:\\Windows\\my tools'; $x = 1,'b' | show in; $x.Count; $x[1] + $x[2]",
    );
    expect(stdout).to.equal('3\n1b\n');
  });

  it('has its error output redirected', async () => {
    const { stdout, stderr } = await host.run(
      "$env:Path = 'C:\\Windows\\my tools'; (show err 2>&1)[1].Exception.Message; show err 2>$null",
    );
    expect([stdout, stderr]).to.deep.equal([`oops\n${path} err\n`, '']);
  });
});
