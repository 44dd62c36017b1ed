import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import type { Driver, Host, TerminalRequest } from '../../src/lab/driver.ts';
import type { StepResult } from '../../src/model/step.ts';
import { hostNode, markerVariable, recordsSocket } from '../../src/lab/in-host.ts';
import { outputLimit } from '../../src/lab/limits.ts';
import { parseServiceLine } from '../../src/sensors/service-log/service-line.ts';
import { hostSpec, openDrillLab, run, sh, stepOn, type DrillLab } from './drill-lab.ts';
import { rejection } from './rejection.ts';
import { requireLab } from './require-lab.ts';

/** What a driver's tests do by means of their own. */
export interface DriverUnderTest {
  readonly driver: Driver;
  /** The same driver with a trace limit that a test can reach. */
  readonly withTraceLimit: (bytes: number) => Driver;
  /** Ends the sensor of a host from outside. */
  readonly killSensor: (runId: string, host: string) => void;
  /** Whether a test of this driver can signal the agent: it can where lab and machine have one user only. */
  readonly agentCanBeKilled: boolean;
}

/** What a root folder, and root's home, may hold. */
const known = new Set(
  'C: bin boot dev etc home lib lib32 lib64 libx32 media mnt opt proc root run sbin srv sys tmp usr var .bashrc .profile'.split(
    ' ',
  ),
);

/** Commands that leave their parents behind in every way there is. */
const family = [
  'sleep 3001 &',
  'setsid sleep 3002 &',
  'setsid sh -c "setsid sleep 3003 & setsid env -i sleep 3004; true" &',
  // A daemon: its parents are gone, its session is new.
  '(setsid sh -c "sleep 3005 &" &)',
].join(' ');

/** The contract of `Driver`, `Lab` and `Host`, on a real lab: every driver passes the same tests. */
export const describeDriverContract = ({
  driver,
  withTraceLimit,
  killSensor,
  agentCanBeKilled,
}: DriverUnderTest): void => {
  describe(`a lab of the ${driver.name} driver`, function () {
    this.timeout(60_000);
    let drill: DrillLab;
    let client: Host;
    let server: Host;

    before(async function () {
      await requireLab(this, driver);
      drill = await openDrillLab(driver);
      [client, server] = await Promise.all([
        drill.lab.addHost(hostSpec('client', '10.77.1.10'), [
          { path: '/C:/Windows/notes.txt', content: 'born with this', mode: 0o640 },
        ]),
        drill.lab.addHost(hostSpec('server', '198.51.100.20'), []),
      ]);
    });

    after(async () => {
      await drill?.[Symbol.asyncDispose]();
    });

    describe('runs commands', () => {
      it('and tells their outputs, exit code and process id', async () => {
        const result = await sh(client, 'echo out; echo err >&2; echo $$; exit 7');
        expect(result).to.include({ exitCode: 7, signal: null, timedOut: false, failedToStart: null, stderr: 'err\n' });
        expect(result.stdout).to.equal(`out\n${result.pid}\n`);
        expect(result.finishedAt).to.be.at.least(result.startedAt);
      });

      it('and tells the signal that ended one', async () => {
        expect(await sh(client, 'kill -TERM $$')).to.include({ exitCode: null, signal: 'SIGTERM' });
      });

      it('with every argument as it is', async () => {
        const odd = ['', ' ', "'", '"', '$HOME', '`id`', '\\', 'ä\n€', '-n', '*'];
        const script = 'process.stdout.write(JSON.stringify(process.argv.slice(1)))';
        const result = await run(client, [hostNode, '-e', script, '--', ...odd]);
        expect(JSON.parse(result.stdout)).to.deep.equal(odd);
      });

      it('in the folder asked for, with a clean environment and the marker of the step', async () => {
        const step = stepOn(client);
        const result = await run(client, ['/usr/bin/env'], { step, cwd: '/C:/Windows', env: { ASKED: 'for' } });
        const names = result.stdout
          .trim()
          .split('\n')
          .map((line) => line.split('=')[0]);
        expect(names).to.have.members(['PATH', 'HOME', 'USER', 'LOGNAME', 'SHELL', 'LANG', 'ASKED', markerVariable]);
        expect(result.stdout).to.contain(`${markerVariable}=${step.id}\n`);
        expect((await sh(client, 'pwd', { cwd: '/C:/Windows' })).stdout).to.equal('/C:/Windows\n');
      });

      it('without descriptors beyond the standard three', async () => {
        const result = await sh(client, 'ls /proc/self/fd');
        // The last one is the folder that ls itself reads.
        expect(result.stdout).to.equal('0\n1\n2\n3\n');
      });

      for (const [what, argv, cwd, reason] of [
        ['a program that is not there', ['/usr/bin/no-such-program'], '/', /does not exist/],
        ['a file that is not executable', ['/etc/passwd'], '/', /is not executable/],
        ['a folder', ['/usr/bin'], '/', /is not a file/],
        ['a working directory that is not there', ['/bin/true'], '/no/such', /working directory/],
      ] as const) {
        it(`and says that ${what} did not start`, async () => {
          const result = await run(client, argv, { cwd });
          expect(result).to.include({ pid: null, exitCode: null });
          expect(result.failedToStart).to.match(reason);
        });
      }

      it('and says that a program whose interpreter is missing did not start', async () => {
        await client.put({ path: '/tmp/broken', content: '#!/no/such/interpreter\n', mode: 0o755 });
        expect((await run(client, ['/tmp/broken'])).failedToStart).to.match(/No such file/);
      });

      it('side by side, each with its own output', async () => {
        const numbers = Array.from({ length: 20 }, (_, index) => index);
        const results = await Promise.all(numbers.map((n) => sh(client, `echo ${n}; exit ${n}`)));
        expect(results.map(({ stdout, exitCode }) => [stdout, exitCode])).to.deep.equal(
          numbers.map((n) => [`${n}\n`, n]),
        );
      });

      it('and does not wait for a daemon that keeps the outputs open', async () => {
        const result = await sh(client, 'setsid sleep 30 & echo started');
        expect(result).to.include({ exitCode: 0, stdout: 'started\n', timedOut: false });
        await sh(client, 'kill $(pgrep -f "sleep 30")');
      });

      it('and keeps the first bytes only of an endless output', async () => {
        const result = await sh(client, 'yes | head -c 8000000; yes >&2', { timeoutMs: 1500 });
        expect(result).to.include({ truncated: true, timedOut: true });
        expect(result.stdout).to.have.length(outputLimit);
        expect(result.stderr).to.have.length(outputLimit);
      });
    });

    describe('ends commands', () => {
      it('at their timeout, with everything they started, in whatever session it is', async () => {
        const result = await sh(client, `${family}; sleep 3006`, { timeoutMs: 700 });
        expect(result).to.include({ timedOut: true, signal: 'SIGKILL' });
        expect((await client.snapshot()).processes.filter((line) => line.includes('sleep 30'))).to.deep.equal([]);
      });

      it('when the caller gives up', async () => {
        const abort = new AbortController();
        const pending = sh(client, `${family}; sleep 3006`, { signal: abort.signal });
        await delay(300);
        abort.abort();
        expect(await pending).to.include({ signal: 'SIGKILL', timedOut: false });
        expect((await client.snapshot()).processes.filter((line) => line.includes('sleep 30'))).to.deep.equal([]);
      });
    });

    describe('opens terminals', () => {
      const open = (argv: readonly string[], options: Partial<TerminalRequest> = {}) => {
        const shown = { text: '' };
        const pids: number[] = [];
        const terminal = client.openTerminal({
          step: stepOn(client),
          argv,
          env: { PS1: '> ' },
          cwd: '/tmp',
          timeoutMs: 20_000,
          signal: new AbortController().signal,
          size: { columns: 90, rows: 30 },
          onOutput: (bytes) => (shown.text += Buffer.from(bytes).toString()),
          onStart: (pid) => pids.push(pid),
          ...options,
        });
        const shows = async (text: string): Promise<void> => {
          for (let tries = 0; tries < 400 && !shown.text.includes(text); tries += 1) await delay(25);
          expect(shown.text).to.contain(text);
        };
        return { terminal, shows, pids, type: (text: string) => terminal.write(Buffer.from(text)) };
      };

      it('of their own, that are typed on, change their size, and tell the exit code', async () => {
        const { terminal, shows, pids, type } = open(['/bin/sh', '-i']);
        type('tty; stty size\r');
        await shows('/dev/pts/0\r\n30 90\r\n');
        terminal.resize({ columns: 100, rows: 40 });
        type('stty size; echo "€"\r');
        await shows('40 100\r\n€\r\n');
        type('exit 7\r');
        const result = await terminal.ended;
        expect(result).to.include({ exitCode: 7, signal: null, timedOut: false, failedToStart: null, stderr: '' });
        expect(result.stdout).to.contain('40 100');
        expect(pids).to.deep.equal([result.pid]);
      });

      it('whose commands the sensor sees', async () => {
        const { terminal, type } = open(['/bin/sh', '-i']);
        type('/bin/echo typed-by-hand; exit\r');
        await terminal.ended;
        await client.flushTrace();
        expect(readFileSync(client.traceFile, 'utf8')).to.contain('execve("/bin/echo", ["/bin/echo", "typed-by-hand"]');
      });

      it('where Ctrl+C ends what runs and not the shell', async () => {
        const { terminal, shows, type } = open(['/bin/sh', '-i']);
        type('sleep 3101\r');
        await shows('sleep 3101\r\n');
        await delay(200);
        type('\u0003');
        type('echo still-$((1 + 1)); exit 4\r');
        await shows('still-2');
        expect(await terminal.ended).to.include({ exitCode: 4 });
      });

      it('and ends them with all that they started: at their timeout, and when nobody sits there any more', async () => {
        const timed = open(['/bin/sh', '-c', `${family}; sleep 3006`], { timeoutMs: 700 });
        expect(await timed.terminal.ended).to.include({ timedOut: true, exitCode: null });
        const left = open(['/bin/sh', '-c', `${family}; echo here; sleep 3006`]);
        await left.shows('here');
        left.terminal.hangUp();
        expect(await left.terminal.ended).to.include({ timedOut: false, exitCode: null });
        expect((await client.snapshot()).processes.filter((line) => line.includes('sleep 30'))).to.deep.equal([]);
      });

      it('and says that a program that is not there did not start', async () => {
        const { terminal } = open(['/usr/bin/no-such-program']);
        expect((await terminal.ended).failedToStart).to.match(/does not exist/);
      });
    });

    describe('has files', () => {
      it('that hosts are born with', async () => {
        const result = await sh(client, 'stat -c %a /C:/Windows/notes.txt; cat /C:/Windows/notes.txt');
        expect(result.stdout).to.equal('640\nborn with this');
      });

      it('that are put and got, byte for byte', async () => {
        const content = Uint8Array.from({ length: 100_000 }, (_, index) => (index * 7) % 256);
        await client.put({ path: '/var/lib/deep/er/bytes', content, mode: 0o600 });
        expect(Buffer.from(await client.get('/var/lib/deep/er/bytes')).equals(content)).to.equal(true);
        expect((await sh(client, 'stat -c %a /var/lib/deep/er/bytes')).stdout).to.equal('600\n');
      });

      it('and refuses to get what is not a plain file, without hanging on it', async () => {
        await sh(client, 'mkfifo /tmp/pipe');
        expect((await rejection(client.get('/tmp/pipe'))).message).to.match(/not a plain file/);
        expect((await rejection(client.get('/tmp/nothing'))).message).to.match(/ENOENT/);
      });
    });

    describe('shows', () => {
      it('what a test leaves behind, and nothing when it leaves nothing', async () => {
        const before_ = await client.snapshot();
        await sh(client, 'echo x > /tmp/temporary; rm /tmp/temporary');
        expect(await client.snapshot()).to.deep.equal(before_);
        await sh(client, 'echo x > /tmp/left; sleep 2999 > /dev/null 2>&1 & sleep 0.2');
        const after_ = await client.snapshot();
        const added = (list: 'files' | 'processes'): string[] =>
          after_[list].filter((line) => !before_[list].includes(line));
        expect(added('files')).to.have.length(1);
        expect(added('files')[0]).to.match(/^\/tmp\/left file 0644 2 /);
        expect(added('processes').map((line) => line.replace(/^\d+ /, ''))).to.deep.equal(['sleep 2999']);
        await sh(client, 'pkill -f "sleep 2999"; rm /tmp/left');
      });

      it('nothing of the machine', async () => {
        const result = await sh(
          client,
          'cat /etc/shadow; ls -A /root /home; ls /; hostname; ls -A /home/analyst; ls /boot /opt /srv /mnt /media 2>/dev/null | grep -v -e : -e "^$"',
        );
        const lines = result.stdout.trim().split('\n');
        expect(result.stderr).to.match(/shadow: No such file/);
        expect(lines.slice(0, 4)).to.deep.equal(['/home:', 'analyst', '', '/root:']);
        // A root of its own distribution has more empty folders, and a read-only /sys; neither says anything of the machine.
        const rest = lines.slice(4).filter((line) => !known.has(line));
        expect(rest).to.deep.equal(['client']);
      });

      it('a machine that cannot be written to', async () => {
        const result = await sh(
          client,
          'touch /usr/bin/x /usr/x /.tocsin/x /.tocsin/host/x /proc/sys/kernel/x; echo 1 > /.tocsin/node',
        );
        expect(result.stderr.trim().split('\n')).to.have.length(6);
      });

      it('a listener while there is one', async () => {
        const spec = {
          name: 'web',
          kind: 'http-listener',
          options: { address: '127.0.0.1', port: 8443, keepAlive: false, body: 'x' },
        };
        const service = await client.startService(spec, stepOn(client, 'service'));
        expect((await client.snapshot()).listening).to.deep.equal(['tcp 127.0.0.1:8443']);
        await service.stop();
        expect((await client.snapshot()).listening).to.deep.equal([]);
      });
    });

    describe('has a network', () => {
      const tellPeer =
        'require("net").createServer((s) => s.end(s.remoteAddress)).listen(80, "0.0.0.0", () => console.log("up"))';
      const askPeer = 'require("net").connect(80, process.argv[1]).pipe(process.stdout)';

      it('that routes between zones and keeps the source address', async () => {
        const abort = new AbortController();
        const serving = run(server, [hostNode, '-e', tellPeer], { signal: abort.signal, timeoutMs: 20_000 });
        let answer = '';
        for (let tries = 0; tries < 50 && answer === ''; tries += 1) {
          answer = (await run(client, [hostNode, '-e', askPeer, '198.51.100.20'])).stdout;
        }
        abort.abort();
        await serving;
        expect(answer).to.equal('10.77.1.10');
      });

      it('that is sealed', async () => {
        const report = await drill.lab.proveSealed();
        expect(report.leaks).to.deep.equal([]);
        expect(report.sealed).to.equal(true);
        // Two hosts, at least 127.0.0.1 of the machine, each by TCP and by UDP.
        expect(report.attempts).to.be.at.least(4);
        // Loopback of fabric and hosts, two bridges, two ends of two cables.
        expect(report.links).to.equal(9);
      });
    });

    describe('has a sensor', () => {
      it('that has written down everything before a flush', async () => {
        const { stdout } = await sh(client, 'for i in 1 2 3 4 5; do /bin/echo witness-$i; done');
        expect(stdout.trim().split('\n')).to.have.length(5);
        await client.flushTrace();
        const trace = readFileSync(client.traceFile, 'utf8');
        for (const n of [1, 2, 3, 4, 5]) expect(trace).to.contain(`execve("/bin/echo", ["/bin/echo", "witness-${n}"]`);
      });

      it('whose trace names the agent and the step by their process ids', async () => {
        const { pid } = await run(client, ['/bin/true', 'by-its-id']);
        await client.flushTrace();
        const line = readFileSync(client.traceFile, 'utf8')
          .split('\n')
          .find(
            (candidate) => candidate.includes('"/bin/true", "by-its-id"') && candidate.includes('execve("/bin/true"'),
          );
        expect(line?.split(' ')[0]).to.equal(String(pid));
        expect(readFileSync(client.traceFile, 'utf8')).to.match(
          new RegExp(`^${client.agentPid} +\\S+ execve\\("/.tocsin/node"`, 'm'),
        );
      });

      it('that refuses io_uring and the keyrings', async () => {
        const calls = ['425, 1, 0', '250, 0, 0'].map((args) => `print syscall(${args}), " ", $!+0, "\n";`).join(' ');
        const result = await run(client, ['/usr/bin/perl', '-e', calls]);
        // ENOSYS by the sensor, or EPERM by an engine's own filter, which comes first.
        expect(result.stdout).to.match(/^-1 (38|1)\n-1 (38|1)\n$/);
      });

      it('that no child escapes by asking not to be traced', async () => {
        // clone(CLONE_UNTRACED | SIGCHLD): without its tracer, the kernel refuses a child every traced call.
        const escape =
          'my $p = syscall(56, 0x800011, 0, 0, 0, 0); if ($p == 0) { open(F, ">/tmp/escaped"); exit 0 } sleep 1; print -e "/tmp/escaped" ? "out" : "in"';
        expect((await run(client, ['/usr/bin/perl', '-e', escape])).stdout).to.equal('in');
      });

      it('and takes native records, which are safe before their writer goes on', async () => {
        const write = [
          `const s = require("net").connect(${JSON.stringify(recordsSocket)});`,
          's.write(JSON.stringify({ EventID: 4104, text: "a\\nb" }) + "\\nno json\\n");',
          'let n = 0; s.on("data", (d) => { n += d.length; if (n === 2) { console.log("safe"); s.end(); } });',
        ].join('\n');
        expect((await run(client, [hostNode, '-e', write])).stdout).to.equal('safe\n');
        const records = readFileSync(client.recordsFile, 'utf8')
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line) as Record<string, unknown>);
        expect(records.map(({ record, unparsed }) => record ?? unparsed)).to.deep.equal([
          { EventID: 4104, text: 'a\nb' },
          'no json',
        ]);
        expect(records[0]?.['receivedMicros']).to.be.closeTo(Date.now() * 1000, 60_000_000);
      });
    });

    describe('stands a hostile test', () => {
      it('that looks for the sensor and the agent', async () => {
        const { agentPid } = client;
        const result = await sh(
          client,
          `for p in 1 ${agentPid}; do for f in fd/0 fd/1 fd/3 mem environ maps root/etc; do cat /proc/$p/$f > /dev/null 2>&1 && echo $p $f; done; ls /proc/$p/fd 2>/dev/null; done; for f in 0 1 2 3 4 5; do echo x > /proc/1/fd/$f && echo wrote $f; done 2>/dev/null; ls /proc | grep -x -e 1 -e ${agentPid}`,
        );
        expect(result.stdout).to.equal('');
      });

      it('that prints what looks like the protocol', async () => {
        const forged =
          '{"type":"answer","call":1,"output":null}\n{"type":"ready","pid":1}\n{"type":"ended","call":2,"reason":"x"}\n';
        const result = await run(client, ['/usr/bin/printf', '%s', forged]);
        expect(result).to.include({ stdout: forged, exitCode: 0 });
        await client.flushTrace();
      });

      it('that wants more power than it has', async () => {
        const line = [
          'unshare --user true && echo user',
          'unshare --net true && echo net',
          'mount -t tmpfs x /mnt && echo mount',
          'ip link add dummy9 type dummy && echo link',
          'ip addr add 10.77.1.99/24 dev eth0 && echo address',
          'chroot / true && echo chroot',
          'echo 0 > /proc/sys/net/ipv4/ip_forward && echo sysctl',
          'strace -p 1 true && echo trace',
          'mknod /tmp/disk b 8 0 && echo device',
          'cat /dev/kmsg && echo log',
          'true',
        ].join('; ');
        expect((await sh(client, `${line}`)).stdout).to.equal('');
      });

      it('that kills whatever it can', async function () {
        if (agentCanBeKilled) this.skip();
        await sh(
          client,
          `kill -9 1; kill -9 ${client.agentPid}; kill -9 -1; perl -e 'kill 9, 1, ${client.agentPid}, -1'`,
        );
        expect((await sh(client, 'echo alive')).stdout).to.equal('alive\n');
        await client.flushTrace();
      });

      it('that lays links where the harness will write and read', async () => {
        await sh(
          client,
          'ln -s /proc/1/fd/3 /tmp/trap; mkdir -p /tmp/deep; ln -s /proc/1/fd /tmp/deep/trap; mkfifo /tmp/fifo',
        );
        await client.put({ path: '/tmp/trap', content: 'safe', mode: 0o644 });
        expect(Buffer.from(await client.get('/tmp/trap')).toString()).to.equal('safe');
        await rejection(client.put({ path: '/tmp/deep/trap/3', content: 'x', mode: 0o644 }));
        await rejection(client.get('/tmp/deep/trap'));
        expect((await client.snapshot()).files.find((line) => line.startsWith('/tmp/fifo'))).to.match(/special/);
        await client.flushTrace();
      });

      it('that digs folders deeper than a path can name', async () => {
        const dig = 'for (1..3000) { mkdir "deep" or die; chdir "deep" or die }';
        await run(client, ['/usr/bin/perl', '-e', dig], { cwd: '/var/tmp' });
        const { files } = await client.snapshot();
        expect(files.filter((line) => line.startsWith('/var/tmp/deep/')).length).to.be.greaterThan(500);
        await sh(client, 'rm -rf /var/tmp/deep');
      });

      it('that fills the disk', async () => {
        const result = await sh(
          client,
          'head -c 2G /dev/zero > /tmp/a; head -c 2G /dev/zero > /tmp/b; rm -f /tmp/a /tmp/b',
        );
        expect(result.stderr).to.match(/No space left|File too large|File size limit exceeded/);
        await client.put({ path: '/tmp/after', content: 'x', mode: 0o644 });
      });
    });

    describe('has services', () => {
      const web = (port: number) => ({
        name: 'web',
        kind: 'http-listener',
        options: { address: '127.0.0.1', port, keepAlive: false, body: 'hello' },
      });

      it('that answer once they are started, and say when they die', async () => {
        const service = await server.startService(web(8080), stepOn(server, 'service'));
        const get = 'fetch("http://127.0.0.1:8080/").then((r) => r.text()).then(console.log)';
        expect((await run(server, [hostNode, '-e', get])).stdout).to.equal('hello\n');
        await sh(server, `kill -9 ${service.pid}`);
        expect(await service.died).to.equal('ended by SIGKILL');
      });

      it('that answer for names, when the zone says who does', async () => {
        const names = await server.startService(
          {
            name: 'names',
            kind: 'dns',
            options: {
              address: '0.0.0.0',
              port: 53,
              zones: 'lab.example',
              records: 'c2.lab.example A 203.0.113.10',
            },
          },
          stepOn(server, 'service'),
        );
        const found = await run(client, ['/usr/bin/getent', 'ahostsv4', 'c2.lab.example']);
        expect(found.stdout.split(' ')[0]).to.equal('203.0.113.10');
        expect((await run(client, ['/usr/bin/getent', 'ahostsv4', 'c3.lab.example'])).exitCode).to.equal(2);
        // What it logged is out of the host when it has been stopped.
        await names.stop();
        const records = readFileSync(server.recordsFile, 'utf8').trim().split('\n').map(parseServiceLine);
        const asked = records.flatMap((line) => (line.kind === 'record' ? [line.record] : []));
        expect(asked.map(({ record }) => `${String(record['name'])} ${String(record['outcome'])}`)).to.include(
          'c3.lab.example NXDOMAIN',
        );
        expect(asked[0]?.client).to.include({ ip: '10.77.1.10', transport: 'udp' });
        expect(asked.map(({ sequence }) => sequence)).to.deep.equal(asked.map((_, index) => index + 1));
      });

      it('that say why they could not be started', async () => {
        const service = await server.startService(web(8081), stepOn(server, 'service'));
        const error = await rejection(server.startService(web(8081), stepOn(server, 'service')));
        expect(error.code).to.equal('lab/service-failed');
        expect(error.message).to.match(/EADDRINUSE/);
        await service.stop();
        expect((await rejection(server.startService({ ...web(1), kind: '../x' }, stepOn(server)))).code).to.equal(
          'lab/service-failed',
        );
      });
    });
  });

  describe(`software of a lab of the ${driver.name} driver`, function () {
    this.timeout(60_000);
    let folder: string;
    let drill: DrillLab;

    before(async function () {
      await requireLab(this, driver);
      folder = mkdtempSync(join(tmpdir(), 'tocsin-layer-'));
      mkdirSync(join(folder, 'usr/bin'), { recursive: true });
      mkdirSync(join(folder, 'own/etc/greet.d'), { recursive: true });
      mkdirSync(join(folder, 'own/var/spool/greet'), { recursive: true });
      writeFileSync(join(folder, 'usr/bin/greet'), '#!/bin/sh\ncat /etc/greet.d/text\n');
      writeFileSync(join(folder, 'own/etc/greet.d/text'), 'hello\n');
      symlinkSync('greet.d/text', join(folder, 'own/etc/greet'));
      chmodSync(join(folder, 'usr/bin/greet'), 0o755);
      chmodSync(folder, 0o755);
      const layer = { id: 'abc123', folder, packages: ['greet_1.0_all'] };
      drill = await openDrillLab(driver, new Map([['with', layer]]));
      await Promise.all([
        drill.lab.addHost(hostSpec('with', '10.77.1.10'), []),
        drill.lab.addHost(hostSpec('without', '10.77.1.11'), []),
      ]);
    });

    after(async () => {
      await drill?.[Symbol.asyncDispose]();
      if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
    });

    const on = (name: string, line: string): Promise<StepResult> => {
      const host = drill.lab.hosts.get(name);
      if (host === undefined) throw new Error(`no host ${name}`);
      return sh(host, line);
    };

    it('runs on the host that has it, beside the programs of its root, and on no other', async () => {
      expect(await on('with', 'greet && ls -d /usr/bin/env')).to.include({
        stdout: 'hello\n/usr/bin/env\n',
        exitCode: 0,
      });
      expect(await on('without', 'greet')).to.include({ exitCode: 127 });
    });

    it('has settings and places that the host may change, and programs that it may not', async () => {
      expect((await on('with', 'echo hi > /etc/greet && greet')).stdout).to.equal('hi\n');
      expect(readFileSync(join(folder, 'own/etc/greet.d/text'), 'utf8')).to.equal('hello\n');
      expect(await on('with', 'touch /var/spool/greet/x')).to.include({ exitCode: 0 });
      for (const change of ['touch /usr/bin/mine', 'rm /usr/bin/greet', 'echo >> /usr/bin/greet'])
        expect((await on('with', change)).exitCode, change).to.not.equal(0);
    });

    it('is known to the trace by the name it has in the host', async () => {
      await on('with', 'greet');
      const host = drill.lab.hosts.get('with');
      await host?.flushTrace();
      expect(readFileSync(host?.traceFile ?? '', 'utf8')).to.include('execve("/usr/bin/greet"');
    });
  });

  describe(`a broken lab of the ${driver.name} driver`, function () {
    this.timeout(60_000);

    before(async function () {
      await requireLab(this, driver);
    });

    it('says that a sensor was killed, and lets nothing be judged', async () => {
      await using drill = await openDrillLab(driver);
      const host = await drill.lab.addHost(hostSpec('victim', '10.77.1.10'), []);
      const pending = rejection(sh(host, 'sleep 60'));
      await delay(100);
      killSensor(drill.lab.runId, 'victim');
      expect(await drill.lab.died).to.match(/victim/);
      expect((await pending).code).to.equal('lab/host-lost');
      expect((await rejection(host.flushTrace())).code).to.equal('sensor/lost');
    });

    it('says that a test killed the agent, where it can', async function () {
      if (!agentCanBeKilled) this.skip();
      await using drill = await openDrillLab(driver);
      const host = await drill.lab.addHost(hostSpec('victim', '10.77.1.10'), []);
      const pending = rejection(sh(host, 'kill -9 -1; sleep 5'));
      expect(await drill.lab.died).to.match(/victim/);
      expect((await pending).code).to.equal('lab/host-lost');
      expect((await rejection(host.flushTrace())).code).to.equal('sensor/lost');
    });

    it('says that a trace was flooded, and stops it', async () => {
      await using drill = await openDrillLab(withTraceLimit(3_000_000));
      const host = await drill.lab.addHost(hostSpec('victim', '10.77.1.10'), []);
      const pending = rejection(run(host, ['/usr/bin/perl', '-e', 'chmod 0, "/nothing" while 1']));
      expect(await drill.lab.died).to.match(/beyond 3000000 bytes/);
      expect((await pending).code).to.equal('sensor/flooded');
      expect((await rejection(host.flushTrace())).code).to.equal('sensor/flooded');
    });

    it('goes down all the same, twice if asked', async () => {
      const drill = await openDrillLab(driver);
      await drill.lab.addHost(hostSpec('victim', '10.77.1.10'), []);
      killSensor(drill.lab.runId, 'victim');
      expect((await drill.lab.down()).left).to.deep.equal([]);
      expect((await drill.lab.down()).left).to.deep.equal([]);
      await drill[Symbol.asyncDispose]();
    });

    it('refuses hosts it cannot have', async () => {
      await using drill = await openDrillLab(driver);
      await drill.lab.addHost(hostSpec('one', '10.77.1.10'), []);
      for (const [name, address, why] of [
        ['one', '10.77.1.11', /there already/],
        ['two', '10.77.1.10', /is one's/],
        ['two', '10.77.1.1', /router's/],
        ['two', '198.51.101.1', /not in/],
        ['../two', '10.77.1.12', /name/],
      ] as const) {
        const error = await rejection(drill.lab.addHost(hostSpec(name, address), []));
        expect(error.code).to.equal('lab/bad-host');
        expect(error.message).to.match(why);
      }
    });
  });
};
