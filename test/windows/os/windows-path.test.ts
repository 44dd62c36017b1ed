import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { WindowsEnvironment } from '../../../src/windows/os/environment.ts';
import { findPath } from '../../../src/windows/os/find-file.ts';
import { findProgram } from '../../../src/windows/os/find-program.ts';
import { isNullDevice, parentFolder, parseWindowsPath, toWindowsPath } from '../../../src/windows/os/windows-path.ts';

describe('a Windows path', () => {
  const cases: readonly (readonly [string, string | null])[] = [
    ['C:\\Windows\\Temp', '/C:/Windows/Temp'],
    ['c:/windows/..\\x', '/C:/x'],
    ['..\\b.txt', '/C:/Users/b.txt'],
    ['\\top', '/C:/top'],
    ['C:\\..\\..\\x', '/C:/x'],
    ['name.', '/C:/Users/a/name'],
    ['D:\\x', null],
    ['\\\\server\\share', null],
  ];
  for (const [text, host] of cases) {
    it(`${text} is ${host ?? 'nowhere on this host'}`, () => {
      expect(parseWindowsPath(text, 'C:\\Users\\a')?.host ?? null).to.equal(host);
    });
  }

  it('never leaves the drive', () => {
    expect(parseWindowsPath('..\\..\\..\\..\\etc\\passwd', 'C:\\Users')?.host).to.equal('/C:/etc/passwd');
  });

  it('is found again from the path of the host', () => {
    expect([toWindowsPath('/C:/Windows/x'), toWindowsPath('/C:'), toWindowsPath('/etc')]).to.deep.equal([
      'C:\\Windows\\x',
      'C:\\',
      null,
    ]);
  });

  it('may be the null device in any folder', () => {
    expect(['nul', 'NUL', 'C:\\x\\nul', 'nul.txt', 'annul'].map(isNullDevice)).to.deep.equal([
      true,
      true,
      true,
      false,
      false,
    ]);
  });

  it('has a parent, and the drive stays a folder', () => {
    expect([parentFolder('C:\\a\\b'), parentFolder('C:\\a')]).to.deep.equal(['C:\\a', 'C:\\']);
  });
});

describe('files of drive C', () => {
  let drive: string;
  before(() => {
    drive = mkdtempSync(join(tmpdir(), 'tocsin-drive-'));
    mkdirSync(join(drive, 'Windows/System32'), { recursive: true });
    mkdirSync(join(drive, 'Users'));
    writeFileSync(join(drive, 'Windows/System32/Cmd.exe'), '');
    writeFileSync(join(drive, 'Users/cmd.exe'), '');
  });
  after(() => rmSync(drive, { recursive: true }));

  it('are found whatever the case, with their true spelling', () => {
    expect(findPath('c:\\WINDOWS\\system32\\CMD.EXE', 'C:\\', drive)).to.deep.equal({
      host: join(drive, 'Windows/System32/Cmd.exe'),
      windows: 'C:\\Windows\\System32\\Cmd.exe',
    });
  });

  it('get the true spelling of their folder where they do not exist yet', () => {
    expect(findPath('C:\\windows\\New\\File.TXT', 'C:\\', drive)?.windows).to.equal('C:\\Windows\\New\\File.TXT');
  });

  const search = (name: string, currentFolderFirst: boolean, folder = 'C:\\Users'): string | undefined =>
    findProgram(name, {
      environment: new WindowsEnvironment({ Path: 'C:\\Windows\\System32', PATHEXT: '.COM;.EXE' }),
      currentFolder: folder,
      currentFolderFirst,
      drive,
    })?.windows;

  it('are searched on PATH with the extensions of PATHEXT', () => {
    expect(search('CMD', false)).to.equal('C:\\Windows\\System32\\Cmd.exe');
  });

  it('are searched in the current folder first by cmd.exe only', () => {
    expect(search('cmd', true)).to.equal('C:\\Users\\cmd.exe');
  });

  it('are not searched on PATH when the name has a folder', () => {
    expect(search('.\\cmd', false, 'C:\\Windows')).to.equal(undefined);
  });
});

describe('environment variables', () => {
  const environment = new WindowsEnvironment({ Path: 'a', TOCSIN_STEP: 's', LD_PRELOAD: 'x' });

  it('ignore the case of names and keep the first spelling', () => {
    environment.set('PATH', 'b');
    expect([environment.get('pAtH'), environment.visible()]).to.deep.equal(['b', [['Path', 'b']]]);
  });

  it('of the harness are inherited and never shown', () => {
    expect(environment.inherited()).to.include({ TOCSIN_STEP: 's', LD_PRELOAD: 'x' });
  });

  it('vanish when they are set to nothing', () => {
    environment.set('X', '1');
    environment.set('x', '');
    expect(environment.get('X')).to.equal(undefined);
  });
});
