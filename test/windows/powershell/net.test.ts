import { createServer, type Server } from 'node:net';
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import { openPowerShell, type PowerShellHost } from '../support/run-powershell.ts';
import { serveNames, type Names } from '../support/serve-names.ts';

const portOf = (server: { address(): unknown }): number => (server.address() as AddressInfo).port;

describe("PowerShell's network", () => {
  let names: Names;
  let host: PowerShellHost;
  let tcp: Server;
  let received: Buffer[];
  /** A port where nothing listens. */
  let closed: number;

  before(async () => {
    names = await serveNames(
      'lab.example',
      'c2.lab.example 60 A 203.0.113.10\nhere.lab.example A 127.0.0.1\nc2.lab.example MX 10 mail.lab.example',
    );
    host = openPowerShell(names);
    tcp = createServer((socket) => {
      socket.on('error', () => socket.destroy());
      socket.on('data', (chunk) => {
        received.push(chunk);
        socket.write('pong');
      });
    }).listen(0, '127.0.0.1');
    await once(tcp, 'listening');
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    closed = portOf(other);
    other.close();
  });
  beforeEach(() => {
    received = [];
    names.queries.splice(0);
  });
  after(async () => {
    host.close();
    tcp.close();
    await names.close();
  });

  const linesOf = async (script: string): Promise<readonly string[]> => {
    const { stdout, stderr } = await host.run(script);
    expect(stderr).to.equal('');
    return stdout.split('\n').filter((line) => line !== '');
  };

  describe('Resolve-DnsName', () => {
    it('shows records, in a table', async () => {
      expect(await linesOf('Resolve-DnsName c2.lab.example -Type A')).to.deep.equal([
        'Name           Type TTL Section IPAddress',
        '----           ---- --- ------- ---------',
        'c2.lab.example A     60 Answer  203.0.113.10',
      ]);
    });

    it('asks for both families where no type is given, and gives objects', async () => {
      const script =
        "'c2.lab.example' | Resolve-DnsName | % { $_.IPAddress }; (Resolve-DnsName c2.lab.example -Type MX).NameExchange";
      expect(await linesOf(script)).to.deep.equal(['203.0.113.10', 'mail.lab.example']);
      expect(names.queries.map(({ type }) => type)).to.deep.equal(['A', 'AAAA', 'MX']);
    });

    it('says that a name does not exist, as an error that does not end the script', async () => {
      const { stderr, stdout, records } = await host.run('Resolve-DnsName c3.lab.example -Type A; "on"');
      expect(stderr).to.include('Resolve-DnsName : c3.lab.example : DNS name does not exist');
      expect(stderr).to.include('ResourceUnavailable: (c3.lab.example:String) [Resolve-DnsName], Win32Exception');
      expect(stderr).to.include('DNS_ERROR_RCODE_NAME_ERROR,Microsoft.DnsClient.Commands.ResolveDnsName');
      expect(stdout).to.equal('on\n');
      expect(records.filter(({ eventId }) => eventId === 3008)).to.have.length(1);
    });
  });

  it('[System.Net.Dns]::GetHostAddresses finds addresses, or says that there is no such host', async () => {
    const script = `[System.Net.Dns]::GetHostAddresses('c2.lab.example') | % { $_.IPAddressToString }
      try { [Net.Dns]::GetHostAddresses('c3.lab.example') } catch [System.Net.Sockets.SocketException] { $_.Exception.Message }`;
    expect(await linesOf(script)).to.deep.equal([
      '203.0.113.10',
      'Exception calling "GetHostAddresses" with "1" argument(s): "No such host is known"',
    ]);
    expect(names.queries).to.have.length(2);
  });

  describe('TcpClient', () => {
    it('connects, writes, reads, closes', async () => {
      const script = `$c = New-Object System.Net.Sockets.TcpClient; $c.Connected
        $c.Connect('here.lab.example', ${portOf(tcp)}); $c.Connected
        $s = $c.GetStream(); $b = [Text.Encoding]::ASCII.GetBytes('ping'); $s.Write($b, 0, $b.Length)
        $in = [byte[]](0,0,0,0,0,0,0,0); $n = $s.Read($in, 0, 8); [Text.Encoding]::ASCII.GetString($in[0..($n-1)])
        $c.Close(); $c.Connected`;
      expect(await linesOf(script)).to.deep.equal(['False', 'True', 'pong', 'False']);
      expect(Buffer.concat(received).toString()).to.equal('ping');
    });

    it('says who refused', async () => {
      const message = `No connection could be made because the target machine actively refused it 127.0.0.1:${closed}`;
      const { stderr } = await host.run(`(New-Object Net.Sockets.TcpClient).Connect('127.0.0.1', ${closed})`);
      expect(stderr.replaceAll('\n', '')).to.include(`Exception calling "Connect" with "2" argument(s): "${message}"`);
      expect(stderr).to.match(/FullyQualifiedErrorId : SocketException/);
      const { stderr: made } = await host.run(`New-Object Net.Sockets.TcpClient('127.0.0.1', ${closed})`);
      expect(made).to.include('actively refused it');
    });

    it('connects without waiting, and waits', async () => {
      const script = `foreach ($port in ${portOf(tcp)}, ${closed}) {
          $c = New-Object System.Net.Sockets.TcpClient
          try { $c.ConnectAsync('127.0.0.1', $port).Wait(2000) } catch { 'failed' }
          $a = (New-Object System.Net.Sockets.TcpClient).BeginConnect('127.0.0.1', $port, $null, $null)
          $a.AsyncWaitHandle.WaitOne(2000, $false)
          $c.Connected; $c.Close()
        }`;
      expect(await linesOf(script)).to.deep.equal(['True', 'True', 'True', 'failed', 'True', 'False']);
    });

    it('never passes a name that the persona cannot look up for a connection refused', async () => {
      for (const wait of [
        '.ConnectAsync("fileserver", 80).Wait(500)',
        '.ConnectAsync("fileserver", 80) | Out-Null; Start-Sleep 1',
      ]) {
        const failure: unknown = await host
          .run(`try { (New-Object Net.Sockets.TcpClient)${wait} } catch { 'refused' }`)
          .catch((error: unknown) => error);
        expect(String(failure), wait).to.include('not implemented by the Windows persona');
      }
    });

    it('is also made with new', async () => {
      expect(await linesOf(`[System.Net.Sockets.TcpClient]::new('127.0.0.1', ${portOf(tcp)}).Connected`)).to.deep.equal(
        ['True'],
      );
    });
  });

  describe('Test-NetConnection', () => {
    it('tells a port that accepts from one that refuses', async () => {
      const quiet = (port: number): string =>
        `Test-NetConnection 127.0.0.1 -Port ${port} -InformationLevel Quiet -WarningAction SilentlyContinue`;
      const { stdout } = await host.run(`${quiet(portOf(tcp))}; ${quiet(closed)}`);
      expect(stdout.split('\n').filter((line) => /^(True|False)$/.test(line))).to.deep.equal(['True', 'False']);
      expect(
        await linesOf(`(Test-NetConnection here.lab.example -Port ${portOf(tcp)}).TcpTestSucceeded`),
      ).to.deep.equal(['True']);
    });

    it('is loud about the ping that it cannot send', async () => {
      const failure: unknown = await host.run('Test-NetConnection here.lab.example').catch((error: unknown) => error);
      expect(String(failure)).to.include('not implemented by the Windows persona');
    });
  });

  it('HttpClient gets texts and answers by tasks, and says why one failed', async () => {
    const web = createHttpServer((request, response) => {
      response.statusCode = request.url === '/no' ? 404 : 200;
      response.end(request.headers['x-id'] ?? 'none');
    }).listen(0, '127.0.0.1');
    await once(web, 'listening');
    try {
      const url = `http://here.lab.example:${portOf(web)}`;
      const script = `Add-Type -AssemblyName System.Net.Http
        $c = New-Object System.Net.Http.HttpClient; $c.DefaultRequestHeaders.Add('X-Id', 'beacon')
        $c.GetStringAsync('${url}/a').Result
        $r = [System.Net.Http.HttpClient]::new().GetAsync('${url}/no').Result
        "$($r.IsSuccessStatusCode) $([int]$r.StatusCode) $($r.Content.ReadAsStringAsync().Result)"
        try { $c.GetStringAsync('${url}/no').GetAwaiter().GetResult() } catch { $_.Exception.InnerException.Message }`;
      expect(await linesOf(script)).to.deep.equal([
        'beacon',
        'False 404 none',
        'Response status code does not indicate success: 404 (Not Found).',
      ]);
    } finally {
      web.close();
    }
  });

  it('WebClient downloads texts and files, with the headers it was given', async () => {
    const requests: (readonly string[])[] = [];
    const web = createHttpServer((request, response) => {
      requests.push([request.url ?? '', request.headers['user-agent'] ?? 'none']);
      response.statusCode = request.url === '/no' ? 404 : 200;
      response.end('content');
    }).listen(0, '127.0.0.1');
    await once(web, 'listening');
    try {
      const url = `http://here.lab.example:${portOf(web)}`;
      const script = `$w = New-Object Net.WebClient; $w.DownloadString('${url}/a')
        $w.Headers.Add('User-Agent', 'beacon'); $w.DownloadFile('${url}/b', 'C:\\Users\\analyst\\Temp\\b.txt')
        try { $w.DownloadString('${url}/no') } catch [System.Net.WebException] { $_.Exception.InnerException.Message }`;
      expect(await linesOf(script)).to.deep.equal(['content', 'The remote server returned an error: (404) Not Found.']);
      expect(requests).to.deep.equal([
        ['/a', 'none'],
        ['/b', 'beacon'],
        ['/no', 'beacon'],
      ]);
      expect(readFileSync(join(host.drive, 'Users/analyst/Temp/b.txt'), 'utf8')).to.equal('content');
    } finally {
      web.close();
    }
  });
});
