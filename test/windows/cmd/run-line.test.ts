import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { openCmd, type CmdHost } from '../support/run-cmd.ts';

describe('cmd.exe', () => {
  let host: CmdHost;
  before(() => (host = openCmd()));
  after(() => host.close());

  const prints = (line: string, stdout: string): void => {
    it(`${line} prints ${JSON.stringify(stdout)}`, async () => {
      const run = await host.run(line);
      expect(run.stderr).to.equal('');
      expect(run.stdout).to.equal(stdout);
    });
  };

  describe('reads a line', () => {
    prints('echo hi', 'hi\n');
    prints('@echo hi', 'hi\n');
    prints('echo a & echo b', 'a \nb\n');
    prints('echo "a & b"', '"a & b"\n');
    prints('echo a^&b ^> c', 'a&b > c\n');
    prints('(echo 1&echo 2) & echo 3', '1\n2\n3\n');
    prints('echo x) y', 'x) y\n');
    prints('echo a && echo b', 'a \nb\n');
    prints('cd none 2>nul && echo done || echo failed', 'failed\n');
    prints('echo a|| echo b', 'a\n');
    prints('echo.', '\n');
    prints('echo.x', 'x\n');
    prints('echo on', '');
    prints('rem echo a & echo b', '');
    prints('if exist a.txt (echo yes) else (echo no)', 'yes\n');
    prints('if not exist c.txt echo no', 'no\n');
    prints('if "%USERNAME%"=="analyst" echo me', 'me\n');
    prints('if /i A==a echo same', 'same\n');
    prints('if 10 GTR 9 echo more', 'more\n');
    prints('if defined USERNAME echo set', 'set\n');
    prints('for %i in (a "b c" d) do @echo %i', 'a\n"b c"\nd\n');
    prints('for /l %n in (3,-1,1) do echo %n', '3\n2\n1\n');
    prints('for %f in (*.txt) do echo %~nf', 'a\nb\n');
    prints('for %i in (1 2) do (set X=%i & echo %i%i)', '11\n22\n');
  });

  describe('expands variables', () => {
    prints('echo %username% %USERNAME:~0,3% %USERNAME:~-2% %USERNAME:an=AN%', 'analyst ana st ANalyst\n');
    prints('echo %NOPE% 100% sure', '%NOPE% 100% sure\n');
    prints('echo %CD% %DATE% %TIME%', 'C:\\Users\\analyst Fri 11/20/2026  9:05:07.12\n');
    prints('set X=1 2& set "Y=3" & set X', 'X=1 2\n');

    it('shows nothing of the harness', async () => {
      const run = await host.run('set TOCSIN');
      expect([run.stdout, run.stderr, run.exitCode]).to.deep.equal([
        '',
        'Environment variable TOCSIN not defined\n',
        1,
      ]);
    });
  });

  describe('chains commands', () => {
    prints('echo a && echo b', 'a \nb\n');
    prints('cd nowhere 2>nul || echo failed', 'failed\n');
    prints('cd nowhere 2>nul && echo never & echo after', 'after\n');
    prints('show exit=3 && echo never || echo three', 'show exit=3 \nthree\n');
  });

  describe('starts programs', () => {
    prints('show a  "b c" ^& d', 'show a  "b c" & d\n');
    prints('SHOW.EXE /x', 'SHOW.EXE /x\n');
    prints('"C:\\Program Files\\My App\\run me.exe" "x"', '"C:\\Program Files\\My App\\run me.exe" "x"\n');
    prints('show/x', 'show/x\n');
    prints('show a | show b', 'show b\n');

    it('with their exit code as the error level', async () => {
      const run = await host.run('show exit=5');
      expect([run.exitCode, run.errorLevel]).to.deep.equal([5, 5]);
    });

    it('and says of an unknown one what cmd says: level 9009, exit code 1', async () => {
      const run = await host.run('foo /bar');
      expect(run.stderr).to.equal(
        "'foo' is not recognized as an internal or external command,\noperable program or batch file.\n",
      );
      expect([run.exitCode, run.errorLevel]).to.deep.equal([1, 9009]);
    });

    it('and fails loudly of one that Windows has and this persona lacks', async () => {
      const message = await host.run('whoami /all').then(
        () => 'it ran',
        (error: Error) => error.message,
      );
      expect(message).to.equal('not implemented by the Windows persona: the program whoami');
    });
  });

  describe('redirects', () => {
    it('into files, appending, from files and to nul', async () => {
      await host.run('echo one>r.txt & (echo two & echo three)>>r.txt & echo gone>nul & type r.txt>s.txt');
      expect(readFileSync(join(host.drive, 'Users/analyst/s.txt'), 'utf8')).to.equal('one \r\ntwo \r\nthree\r\n');
    });

    it('errors with the rest', async () => {
      expect((await host.run('nosuch 2>&1')).stdout).to.match(/^'nosuch' is not recognized/);
    });

    it('a digit only where it stands alone', async () => {
      expect((await host.run('echo a2>x2.txt&type x2.txt')).stdout).to.equal('a2\n');
    });

    it('nowhere when the folder does not exist, and runs nothing', async () => {
      const run = await host.run('echo a>nowhere\\x.txt');
      expect([run.stderr, run.exitCode]).to.deep.equal(['The system cannot find the path specified.\n', 1]);
    });
  });

  describe('works on files', () => {
    it('copies, renames, moves, prints and deletes them', async () => {
      const run = await host.run(
        'md d\\e & copy a.txt d\\e & ren d\\e\\a.txt c.txt & move d\\e\\c.txt d & type d\\c.txt & del d\\c.txt & rd /s /q d',
      );
      expect(run.stderr).to.equal('');
      expect(run.stdout).to.equal('        1 file(s) copied.\n        1 file(s) moved.\none\n');
      expect(existsSync(join(host.drive, 'Users/analyst/d'))).to.equal(false);
    });

    it('says what is not there', async () => {
      expect((await host.run('type nope.txt')).stderr).to.equal('The system cannot find the file specified.\n');
      expect((await host.run('del nope.txt')).stderr).to.equal('Could Not Find C:\\Users\\analyst\\nope.txt\n');
      expect((await host.run('md d1 & md d1')).stderr).to.equal('A subdirectory or file d1 already exists.\n');
    });

    prints('cd .. & cd & cd /d "C:\\Windows" & cd', 'C:\\Users\nC:\\Windows\n');
    prints('pushd C:\\Windows & cd & popd & cd', 'C:\\Windows\nC:\\Users\\analyst\n');
  });

  describe('ends', () => {
    const ends = (line: string, code: number): void => {
      it(`${line} with ${code}`, async () => {
        expect((await host.run(line)).exitCode).to.equal(code);
      });
    };
    ends('exit 7 & echo never', 7);
    ends('exit /b 4', 4);
    ends('nosuch & echo fine', 0);
    ends('cd nowhere', 1);
    ends('echo a &&', 255);
  });

  describe('rejects', () => {
    const rejects = (line: string, message: string): void => {
      it(`${line}: ${message}`, async () => {
        const run = await host.run(line);
        expect([run.stderr, run.stdout]).to.deep.equal([`${message}\n`, '']);
      });
    };
    rejects('echo a & & echo b', '& was unexpected at this time.');
    rejects('(echo a', 'The syntax of the command is incorrect.');
    rejects('| echo a', '| was unexpected at this time.');
    rejects('if a b', 'b was unexpected at this time.');
  });
});
