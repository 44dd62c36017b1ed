import { createServer, type IncomingMessage, type Server } from 'node:http';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { indexOfKey, readChoiceOptions } from '../../src/windows/choice/options.ts';
import { readCurlOptions, runCurl } from '../../src/windows/curl/run-curl.ts';
import { createDnsClient } from '../../src/windows/dns/client.ts';
import { runNet } from '../../src/windows/net1/run-net.ts';
import { readPingOptions } from '../../src/windows/ping/options.ts';
import { findText } from '../../src/windows/findstr/find-text.ts';
import type { WindowsProcess } from '../../src/windows/os/processes.ts';
import { createPooledClient } from '../../src/windows/powershell/http/pooled-client.ts';
import { killTasks } from '../../src/windows/taskkill/kill-tasks.ts';
import { renderTasks } from '../../src/windows/tasklist/list.ts';

describe('programs of Windows', () => {
  let drive: string;
  before(() => {
    drive = join(mkdtempSync(join(tmpdir(), 'tocsin-programs-')), 'C');
    mkdirSync(join(drive, 'w/sub'), { recursive: true });
    writeFileSync(join(drive, 'w/a.txt'), 'one\r\nTwo words\r\nthree.\r\n');
    writeFileSync(join(drive, 'w/sub/b.txt'), 'two\r\n');
  });
  after(() => rmSync(join(drive, '..'), { recursive: true }));

  describe('choice', () => {
    it('counts the key from 1, whatever its case unless it is told', () => {
      const yn = readChoiceOptions([]);
      expect(yn).to.deep.include({ choices: 'YN', showsChoices: true, isCaseSensitive: false, seconds: null });
      expect(
        ['y', 'N', 'x', ''].map((key) => indexOfKey(key, { choices: 'YN', isCaseSensitive: false })),
      ).to.deep.equal([...[1, 2, null, null]]);
      expect(indexOfKey('a', { choices: 'Aa', isCaseSensitive: true })).to.equal(2);
    });

    it('takes values behind a colon or a blank, and a time only with what is chosen then', () => {
      expect(readChoiceOptions(['/c:abc', '/n', '/m', 'Pick', '/t', '5', '/d', 'b'])).to.deep.equal({
        ...{ choices: 'ABC', showsChoices: false, message: 'Pick', isCaseSensitive: false, fallback: 'b', seconds: 5 },
      });
      for (const args of [['/t', '5'], ['/d', 'y'], ['/c', 'aa'], ['/t', '5', '/d', 'x'], ['/x'], ['/c', 'a b']])
        expect(readChoiceOptions(args), args.join(' ')).to.equal(null);
    });
  });

  describe('net', () => {
    const net = (...args: string[]): readonly [number, string, string] => {
      let [out, error] = ['', ''];
      const code = runNet(args, {
        ...{ computer: 'WIN-1', domain: 'LAB', user: 'analyst' },
        out: (text) => (out += text),
        error: (text) => (error += text),
      });
      return [code, out.replaceAll('\r\n', '\n'), error.replaceAll('\r\n', '\n')];
    };

    it('lists accounts, groups and their members', () => {
      expect(net('user')[1]).to.match(
        /^\nUser accounts for \\\\WIN-1\n\n-{79}\nAdministrator {12}DefaultAccount {11}Guest {20}\nWDAGUtilityAccount {7}\nThe command completed successfully\.\n\n$/,
      );
      expect(net('localgroup')[1]).to.match(/\n\*Administrators\n\*Guests\n/);
      expect(net('localgroup', 'ADMINISTRATORS')[1]).to.match(
        /^Alias name {5}ADMINISTRATORS\n[^]*\nAdministrator\nLAB\\Domain Admins\nLAB\\analyst\nThe command/,
      );
      expect(net('accounts')[1]).to.match(/WORKSTATION\nThe command completed/);
    });

    it('says what is not there, and that no domain controller answers', () => {
      expect(net('localgroup', 'none')).to.deep.equal([
        ...[2, '', 'System error 1376 has occurred.\n\nThe specified local group does not exist.\n\n'],
      ]);
      expect(net('user', 'nobody')[2]).to.match(/^The user name could not be found\./);
      expect(net('user', '/domain')).to.deep.equal([
        2,
        'The request will be processed at a domain controller for domain LAB.\n\n',
        'System error 1355 has occurred.\n\nThe specified domain either does not exist or could not be contacted.\n\n',
      ]);
      expect(net('group')[2]).to.contain('NET HELPMSG 3515');
    });

    it('changes nothing, and does not pretend to', () => {
      for (const args of [
        ['user', 'x', 'y', '/add'],
        ['localgroup', 'Administrators', 'x', '/add'],
        ['start', 'w32time'],
        ['share'],
      ])
        expect(() => net(...args), args.join(' ')).to.throw('not implemented by the Windows persona: net');
    });
  });

  describe('ping', () => {
    it('reads its options', () => {
      expect(readPingOptions(['-n', '1', '-w', '500', 'host'])).to.deep.equal({
        ok: true,
        options: { target: 'host', count: 1, size: 32, timeoutMs: 500, ttl: 128 },
      });
      expect(readPingOptions(['/t', '10.0.0.1'])).to.deep.include({ ok: true });
      expect(readPingOptions(['-n', '0', 'x'])).to.deep.include({ ok: false });
      expect(readPingOptions(['-n'])).to.deep.equal({ ok: false, message: 'Value must be supplied for option -n.' });
      expect(readPingOptions([])).to.deep.equal({ ok: false, message: 'IP address must be specified.' });
      expect(() => readPingOptions(['-a', 'x'])).to.throw('ping -a');
    });
  });

  describe('findstr', () => {
    const find = (...args: string[]): readonly [number, string, string] => {
      let [out, error] = ['', ''];
      const code = findText(args, {
        drive,
        folder: 'C:\\w',
        input: () => 'alpha\r\nbeta\r\n',
        out: (text) => (out += text),
        error: (text) => (error += text),
      });
      return [code, out.replaceAll('\r\n', '\n'), error.replaceAll('\r\n', '\n')];
    };

    it('finds any of several words, a string with blanks, and expressions', () => {
      expect(find('one three', 'a.txt')).to.deep.equal([0, 'one\nthree.\n', '']);
      expect(find('/c:Two words', 'a.txt')).to.deep.equal([0, 'Two words\n', '']);
      expect(find('/r', 'th.*\\.', 'a.txt')[1]).to.equal('three.\n');
      expect(find('/l', 'th.*', 'a.txt')[0]).to.equal(1);
    });

    it('ignores case, numbers lines, inverts, goes into folders and reads its input', () => {
      expect(find('/si', 'two', '*.txt')[1]).to.equal('a.txt:Two words\nsub\\b.txt:two\n');
      expect(find('/n', '/v', 'o', 'a.txt')[1]).to.equal('3:three.\n');
      expect(find('eta')[1]).to.equal('beta\n');
      expect(find('x', 'none.txt')).to.deep.equal([1, '', 'FINDSTR: Cannot open none.txt\n']);
    });
  });

  describe('tasklist and taskkill', () => {
    const processes: readonly WindowsProcess[] = [
      { id: 400, image: 'C:\\Windows\\System32\\cmd.exe', commandLine: 'cmd', startedAt: 0, workingSet: 4_194_304 },
      { id: 404, image: 'C:\\Tools\\beacon.exe', commandLine: 'beacon', startedAt: 0, workingSet: 8192 },
    ];

    it('show what runs, as a table or as CSV, filtered', () => {
      expect(renderTasks([], processes)).to.contain(
        'cmd.exe                        400 Console                    1      4,096 K\r\n',
      );
      expect(renderTasks(['/fo', 'csv', '/nh', '/fi', 'imagename eq beacon.exe'], processes)).to.equal(
        '"beacon.exe","404","Console","1","8 K"\r\n',
      );
      expect(renderTasks(['/fi', 'pid eq 1'], processes)).to.match(/^INFO: No tasks are running/);
    });

    it('end processes by name or number, and say which is not there', () => {
      const killed: number[] = [];
      let [out, error] = ['', ''];
      const host = {
        processes: { list: () => processes, kill: (id: number) => killed.push(id) > 0 },
        out: (text: string) => (out += text),
        error: (text: string) => (error += text),
      };
      expect(killTasks(['/F', '/IM', 'BEACON.exe'], host)).to.equal(0);
      expect(killTasks(['/pid', '9'], host)).to.equal(128);
      expect([killed, out, error]).to.deep.equal([
        [404],
        'SUCCESS: The process "beacon.exe" with PID 404 has been terminated.\r\n',
        'ERROR: The process "9" not found.\r\n',
      ]);
    });
  });

  describe('curl', () => {
    let server: Server;
    let base: string;
    const seen: IncomingMessage[] = [];

    before(async () => {
      server = createServer((request, response) => {
        seen.push(request);
        if (request.url === '/moved') response.writeHead(302, { Location: '/file.bin' }).end();
        else if (request.url === '/none') response.writeHead(404).end('no');
        else response.end('content');
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    });
    after(() => server.close());

    const curl = async (...args: string[]): Promise<readonly [number, string, string]> => {
      const dns = createDnsClient({ server: null, hosts: new Map(), eventLog: null, random: () => 0.5 });
      const http = createPooledClient(dns, { greets: false });
      let [out, error] = ['', ''];
      try {
        const code = await runCurl(args, {
          http,
          drive,
          folder: 'C:\\w',
          out: (bytes) => (out += Buffer.from(bytes).toString()),
          error: (text) => (error += text),
        });
        return [code, out, error];
      } finally {
        await http.close();
      }
    };

    it('fetches, and sends its own headers or given ones', async () => {
      expect(await curl('-s', '-A', 'x/1', '-H', 'X-Y: z', `${base}/p`)).to.deep.equal([0, 'content', '']);
      expect(seen.at(-1)?.headers).to.include({ 'user-agent': 'x/1', 'x-y': 'z', accept: '*/*' });
      expect(seen.at(-1)?.headers['connection']).to.not.equal('Keep-Alive');
    });

    it('saves under the remote name, follows redirections only when told to, posts data', async () => {
      await curl('-sLO', `${base}/moved`);
      expect(readFileSync(join(drive, 'w/moved'), 'utf8')).to.equal('content');
      expect((await curl('-s', '-i', `${base}/moved`))[1]).to.match(/^HTTP\/1\.1 302 Found\r\n/);
      await curl('-s', '-d', 'a=1', '-d', 'b=2', base);
      expect(seen.at(-1)?.method).to.equal('POST');
      expect(seen.at(-1)?.headers['content-length']).to.equal('7');
    });

    it("ends with curl's codes and words", async () => {
      expect((await curl('-f', `${base}/none`))[0]).to.equal(22);
      expect(await curl('http://nowhere.example/')).to.deep.equal([
        6,
        '',
        'curl: (6) Could not resolve host: nowhere.example\r\n',
      ]);
      expect((await curl('-s', 'http://127.0.0.1:1/'))[0]).to.equal(7);
    });

    it('takes joined flags, and no option that it does not know', () => {
      expect(readCurlOptions(['-sLo', 'x', 'u']).values.get('output')).to.deep.equal(['x']);
      expect(() => readCurlOptions(['--ntlm'])).to.throw('not implemented by the Windows persona: curl --ntlm');
    });
  });
});
