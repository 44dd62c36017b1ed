import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { createDockerDriver } from '../../src/lab/docker/driver.ts';
import type { Host } from '../../src/lab/driver.ts';
import { createNamespaceDriver } from '../../src/lab/namespace/driver.ts';
import type { ExecutorName } from '../../src/model/atomic.ts';
import type { StepResult } from '../../src/model/step.ts';
import { proveCleanup } from '../../src/run/cleanup-proof.ts';
import { invocationFor } from '../../src/run/executors.ts';
import { windowsDrive, windowsServices } from '../../src/windows/drive.ts';
import { hostSpec, openDrillLab, stepOn, type DrillLab } from './drill-lab.ts';
import { requireLab } from './require-lab.ts';

for (const driver of [createNamespaceDriver({}), createDockerDriver({})]) {
  describe(`hosts of the ${driver.name} driver, Windows and Linux`, function () {
    this.timeout(60_000);
    let drill: DrillLab;
    let windows: Host;
    let linux: Host;

    const run = async (host: Host, executor: ExecutorName, text: string, timeoutMs = 20_000): Promise<StepResult> => {
      const invocation = invocationFor(executor, text, host.spec);
      if ('unsupported' in invocation) throw new Error(invocation.unsupported);
      const { signal } = new AbortController();
      const result = await host.exec({ step: stepOn(host), ...invocation, timeoutMs, signal });
      return {
        ...result,
        stdout: result.stdout.replaceAll('\r\n', '\n'),
        stderr: result.stderr.replaceAll('\r\n', '\n'),
      };
    };
    const cmd = (text: string): Promise<StepResult> => run(windows, 'command_prompt', text);

    before(async function () {
      await requireLab(this, driver);
      drill = await openDrillLab(driver);
      const spec = { ...hostSpec('win-1', '10.77.1.10'), persona: 'windows' as const, user: 'LAB\\analyst' };
      [windows, linux] = await Promise.all([
        drill.lab.addHost(spec, windowsDrive(spec.user)),
        drill.lab.addHost(hostSpec('linux-1', '10.77.1.20'), []),
      ]);
      await windows.startResident(
        { name: 'services', kind: 'windows', ...windowsServices(spec.user, spec.name) },
        stepOn(windows, 'service'),
      );
    });

    after(async () => {
      await drill?.[Symbol.asyncDispose]();
    });

    describe('have programs of Windows', () => {
      it('ping sends real echo requests, and says what comes of each', async () => {
        const answered = await cmd('ping -n 2 10.77.1.20');
        expect(answered).to.include({ exitCode: 0, stderr: '' });
        expect(answered.stdout).to.match(
          /^\nPinging 10\.77\.1\.20 with 32 bytes of data:\n(Reply from 10\.77\.1\.20: bytes=32 time(<|=)\d+ms TTL=64\n){2}\nPing statistics for 10\.77\.1\.20:\n {4}Packets: Sent = 2, Received = 2, Lost = 0 \(0% loss\),\n/,
        );
        const nobody = await cmd('ping -n 1 -w 300 10.77.1.99');
        expect(nobody.exitCode).to.equal(1);
        expect(nobody.stdout).to.match(/(Request timed out|Destination host unreachable)\.\n/);
      });

      it('ping and net are processes of their names, and net leaves its work to net1', async () => {
        expect((await cmd('net user')).stdout).to.match(/User accounts for \\\\WIN-1\n/);
        await windows.flushTrace();
        const trace = readFileSync(windows.traceFile, 'utf8');
        expect(trace).to.contain(
          'execve("/C:/Windows/System32/ping.exe", ["/C:/Windows/System32/ping.exe", "ping -n 2 10.77.1.20"]',
        );
        expect(trace).to.contain(
          'execve("/C:/Windows/System32/net1.exe", ["/C:/Windows/System32/net1.exe", "C:\\\\Windows\\\\system32\\\\net1 user"]',
        );
        expect(await cmd('net user x y /add')).to.include({ exitCode: 120 });
        expect((await cmd('net use')).stdout).to.contain('There are no entries in the list.');
      });
    });

    /** What is left when this has run and nothing cleaned up. */
    const left = async (host: Host, executor: ExecutorName, text: string): Promise<readonly string[]> => {
      const before = await host.snapshot();
      const result = await run(host, executor, text);
      expect(result.exitCode, `${result.stdout}${result.stderr}`).to.equal(0);
      return proveCleanup(before, await host.snapshot()).left;
    };

    describe('show what a test leaves', () => {
      const kinds: readonly (readonly [
        what: string,
        on: 'windows' | 'linux',
        executor: ExecutorName,
        text: string,
        left: RegExp,
        undo: string,
      ])[] = [
        [
          'a file',
          'windows',
          'command_prompt',
          'echo x> %TEMP%\\left.txt',
          /^file \/C:\/Users\/analyst\/AppData\/Local\/Temp\/left\.txt file/,
          'del %TEMP%\\left.txt',
        ],
        [
          'a value in the registry',
          'windows',
          'command_prompt',
          'reg add HKCU\\Software\\Left /v A /d 1 /f',
          /^registry .*\\Software\\Left "A"="1"$/im,
          'reg delete HKCU\\Software\\Left /f',
        ],
        [
          'a scheduled task',
          'windows',
          'command_prompt',
          'schtasks /create /tn Left /tr cmd.exe /sc daily /f',
          /^task \/C:\/Windows\/System32\/Tasks\/Left file/,
          'schtasks /delete /tn Left /f',
        ],
        [
          'a process',
          'linux',
          'sh',
          'setsid sleep 2998 > /dev/null 2>&1 & sleep 0.2',
          /^process \d+ sleep 2998$/,
          'pkill -f "sleep 2998"; sleep 0.2',
        ],
        [
          'an account',
          'linux',
          'sh',
          'cp /etc/passwd /tmp/p; echo eve:x:1001:1001::/home/eve:/bin/sh >> /etc/passwd',
          /^user eve 1001:1001 \/home\/eve \/bin\/sh$/,
          'cat /tmp/p > /etc/passwd; rm /tmp/p',
        ],
        [
          'a listening socket',
          'linux',
          'sh',
          `setsid perl -MSocket -e 'socket(S, PF_INET, SOCK_STREAM, 0); bind(S, sockaddr_in(4567, INADDR_ANY)); listen(S, 1); sleep 2997' > /dev/null 2>&1 & sleep 0.4`,
          /^listening tcp 0\.0\.0\.0:4567$/,
          'pkill -f "sleep 2997"; sleep 0.2',
        ],
      ];
      for (const [what, on, executor, text, wanted, undo] of kinds) {
        it(what, async () => {
          const host = on === 'windows' ? windows : linux;
          const before = await host.snapshot();
          const found = await left(host, executor, text);
          expect(
            found.filter((line) => wanted.test(line)),
            found.join('\n'),
          ).to.have.length(1);
          await run(host, executor, undo);
          expect(proveCleanup(before, await host.snapshot())).to.deep.equal({ verdict: 'clean', left: [] });
        });
      }
    });

    describe('end a test at its time, with all that it started', () => {
      it('on Windows', async () => {
        const text = 'start /b powershell -c "Start-Sleep 3000" & cmd /c powershell -c "Start-Sleep 3001"';
        expect(await run(windows, 'command_prompt', text, 3000)).to.include({ timedOut: true });
        expect((await windows.snapshot()).processes.filter((line) => line.includes('Start-Sleep'))).to.deep.equal([]);
      });
    });
  });
}
