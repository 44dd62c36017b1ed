import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { windowsCommand, windowsDrive, windowsEnvironment, windowsPrograms } from '../../src/windows/drive.ts';
import { splitCommandLine } from '../../src/windows/os/command-line.ts';
import { readOptions } from '../../src/windows/powershell/options.ts';

const user = 'LAB\\analyst';

describe("a Windows host's drive", () => {
  it('has each program as a script that any execve can start', () => {
    const programs = windowsDrive(user).filter(({ mode }) => (mode & 0o111) !== 0);
    expect(programs).to.have.length(Object.keys(windowsPrograms).length);
    for (const [path, program] of Object.entries(windowsPrograms)) {
      expect(existsSync(join('src/windows', program, 'main.ts')), path).to.equal(true);
      expect(programs.map((file) => file.path)).to.include(`/C:/${path}`);
    }
    for (const { content } of programs) expect(content).to.match(/^#!\/\.tocsin\/node\n/);
  });

  it("has the user's folders and every folder that the environment names", () => {
    const files = windowsDrive(user).map(({ path }) => path);
    const { TEMP, USERPROFILE, SystemRoot } = windowsEnvironment(user);
    for (const folder of [TEMP, USERPROFILE, SystemRoot]) {
      const host = `/C:/${(folder ?? '').slice(3).replaceAll('\\', '/')}/`;
      expect(
        files.some((path) => path.startsWith(host)),
        host,
      ).to.equal(true);
    }
  });
});

describe("a Windows user's environment", () => {
  it('tells domain and name apart', () => {
    expect(windowsEnvironment(user)).to.include({
      USERDOMAIN: 'LAB',
      USERNAME: 'analyst',
      USERPROFILE: 'C:\\Users\\analyst',
      windir: 'C:\\Windows',
    });
  });

  it("is the machine's own where the user has no domain", () => {
    const { USERDOMAIN, COMPUTERNAME } = windowsEnvironment('local');
    expect(USERDOMAIN).to.equal(COMPUTERNAME);
  });
});

describe('an Atomic Red Team executor', () => {
  it('joins the lines of a command prompt with ampersands', () => {
    expect(windowsCommand('command_prompt', 'echo a\necho b\n', user)).to.deep.equal({
      argv: ['/C:/Windows/System32/cmd.exe', '"cmd.exe" /c echo a & echo b'],
      cwd: '/C:/Users/analyst/AppData/Local/Temp',
    });
  });

  const received = (script: string): unknown => {
    const [, commandLine] = windowsCommand('powershell', script, user).argv;
    const read = readOptions(splitCommandLine(commandLine).slice(1));
    return read.ok && read.options.run.kind === 'command' ? read.options.run.text : null;
  };

  it('brings a PowerShell script to PowerShell as it was written, blanks in strings included', () => {
    const script = 'Write-Host "a  b"\n$x = "c"; \'d "e"\'';
    expect(windowsCommand('powershell', script, user).argv[1]).to.match(
      /^"powershell\.exe" & \{Write-Host \\""a {2}b\\""/,
    );
    expect(received(script)).to.equal(`& {${script}}`);
  });

  it("loses the blanks between double quotes' strings, as Invoke-AtomicTest does", () => {
    expect(received("a  b 'c  d'")).to.equal("& {a b 'c d'}");
  });
});
