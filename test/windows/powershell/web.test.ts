import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openPowerShell, type PowerShellHost } from '../support/run-powershell.ts';

interface Listener {
  readonly url: string;
  readonly requests: readonly {
    readonly method: string;
    readonly url: string;
    readonly headers: readonly string[];
    readonly body: string;
  }[];
  readonly connections: () => number;
  close(): Promise<void>;
}

/** A real server on a free port of loopback, which counts the connections it accepts. */
const listen = (answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<Listener> => {
  const requests: Listener['requests'][number][] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const server: Server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      requests.push({ method: request.method ?? '', url: request.url ?? '', headers: request.rawHeaders, body });
      answer(request, response);
    });
  });
  server.on('connection', (socket) => {
    connections++;
    sockets.add(socket);
  });
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      sockets.forEach((socket) => socket.destroy());
      server.close(() => resolve());
    });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      resolve({ url: `http://127.0.0.1:${port}`, requests, connections: () => connections, close });
    });
  });
};

describe('Invoke-WebRequest', () => {
  let host: PowerShellHost;
  let listener: Listener | undefined;
  before(() => (host = openPowerShell()));
  after(() => host.close());
  afterEach(async () => {
    await listener?.close();
    listener = undefined;
  });

  const checkIn = async (
    answer: (request: IncomingMessage, response: ServerResponse) => void,
    count = 4,
  ): Promise<Listener> => {
    listener = await listen(answer);
    const { stderr } = await host.run(
      `1..${count} | % { iwr "${listener.url}/checkin?id=$_" -UseBasicParsing -TimeoutSec 5 | Out-Null }`,
    );
    expect(stderr).to.equal('');
    return listener;
  };

  it('makes many requests on one connection where the listener keeps it alive', async () => {
    const { connections, requests } = await checkIn((_, response) => response.end('ok'));
    expect([connections(), requests.map(({ url }) => url)]).to.deep.equal([
      1,
      ['/checkin?id=1', '/checkin?id=2', '/checkin?id=3', '/checkin?id=4'],
    ]);
  });

  it('makes one connection a request where the listener answers Connection: close', async () => {
    const { connections } = await checkIn((_, response) => response.setHeader('Connection', 'close').end('ok'));
    expect(connections()).to.equal(4);
  });

  it('sends a request again when the kept connection was closed in the meantime', async () => {
    const { connections, requests } = await checkIn((request, response) => {
      response.end('ok', () => request.socket.destroy());
    }, 3);
    expect([connections(), requests.length]).to.deep.equal([3, 3]);
  });

  it('sends the headers of Windows PowerShell 5.1, and Connection only on the first request', async () => {
    const { requests, url } = await checkIn((_, response) => response.end('ok'), 2);
    const agent = /^Mozilla\/5\.0 \(Windows NT; Windows NT 10\.0; en-US\) WindowsPowerShell\/5\.1\.\d+\.\d+$/;
    const [first = [], second = []] = requests.map(({ headers }) => headers);
    expect(first[1]).to.match(agent);
    expect([first[0], ...first.slice(2)]).to.deep.equal([
      'User-Agent',
      'Host',
      url.slice(7),
      'Connection',
      'Keep-Alive',
    ]);
    expect([second[0], ...second.slice(2)]).to.deep.equal(['User-Agent', 'Host', url.slice(7)]);
  });

  it('gives status, content and headers', async () => {
    listener = await listen((_, response) =>
      response.writeHead(200, 'OK', { 'X-A': 'b', 'Content-Type': 'text/plain' }).end('body'),
    );
    const { stdout } = await host.run(
      `$r = curl ${listener.url} -UseBasicParsing; $r.StatusCode; $r.Content; $r.Headers["x-a"]; $r.StatusDescription; $r.RawContentLength`,
    );
    expect(stdout).to.equal('200\nbody\nb\nOK\n4\n');
  });

  it('posts a hashtable as a form, with own headers and agent', async () => {
    listener = await listen((_, response) => response.end());
    await host.run(
      `iwr ${listener.url}/p -Method Post -Body @{a="1 2"} -Headers @{"X-K"="v"} -UserAgent "me" -UseBasicParsing | Out-Null`,
    );
    const [request] = listener.requests;
    expect([request?.method, request?.body]).to.deep.equal(['POST', 'a=1%202']);
    expect(request?.headers.join('|')).to.match(
      /X-K\|v\|User-Agent\|me\|Content-Type\|application\/x-www-form-urlencoded/,
    );
  });

  it('saves the body to a file', async () => {
    listener = await listen((_, response) => response.end('saved'));
    const { stdout } = await host.run(`wget ${listener.url} -OutFile got.bin -UseBasicParsing`);
    expect([stdout, readFileSync(join(host.drive, 'Users/analyst/Temp/got.bin'), 'utf8')]).to.deep.equal(['', 'saved']);
  });

  it('follows a redirection', async () => {
    listener = await listen((request, response) =>
      request.url === '/' ? response.writeHead(302, { Location: '/next' }).end() : response.end('there'),
    );
    expect((await host.run(`(iwr ${listener.url} -UseBasicParsing).Content`)).stdout).to.equal('there\n');
  });

  it('gives a JSON answer as an object through Invoke-RestMethod', async () => {
    listener = await listen((_, response) =>
      response.setHeader('Content-Type', 'application/json').end('{"a":{"b":[1,2]}}'),
    );
    expect((await host.run(`(irm ${listener.url}).a.b[1]`)).stdout).to.equal('2\n');
  });

  it('fails on an error status, whose answer the exception holds', async () => {
    listener = await listen((_, response) => response.writeHead(404).end());
    const script = `try { iwr ${listener.url} -UseBasicParsing } catch { $_.Exception.Message; [int]$_.Exception.Response.StatusCode.value__; "$($_.Exception.Response.StatusCode)" }`;
    expect((await host.run(script)).stdout).to.equal(
      'The remote server returned an error: (404) Not Found.\n404\nNotFound\n',
    );
  });

  it('fails on a refused connection as PowerShell does', async () => {
    const closed = await listen(() => undefined);
    await closed.close();
    const { stderr, exitCode } = await host.run(`Invoke-WebRequest -Uri ${closed.url} -UseBasicParsing`);
    expect(exitCode).to.equal(1);
    expect(stderr.split('\n')[0]).to.equal('Invoke-WebRequest : Unable to connect to the remote server');
    expect(stderr).to.contain('(System.Net.HttpWebRequest:HttpWebRequest) [Invoke-WebRequest], WebException');
    expect(stderr).to.contain('WebCmdletWebResponseException,Microsoft.PowerShell.Commands.InvokeWebRequestCommand');
  });

  it('fails on a listener that never answers, when the time is over', async () => {
    listener = await listen(() => undefined);
    const started = Date.now();
    const { stdout } = await host.run(
      `try { iwr ${listener.url} -UseBasicParsing -TimeoutSec 1 } catch { $_.Exception.Message; $_.Exception.Status }`,
    );
    expect(stdout).to.equal('The operation has timed out.\nTimeout\n');
    expect(Date.now() - started).to.be.within(900, 5000);
  });

  it('says its own content type, that of the headers, or that of a form, and sends bytes as they are', async () => {
    listener = await listen((_request, response) => response.end('{}'));
    const { stderr } = await host.run(
      `irm ${listener.url} -Method Post -Body '{}' -Headers @{'Content-Type'='application/json'; Authorization='Bearer x'} | Out-Null
       irm ${listener.url} -Method Post -Body @{a='1 2'} -Headers @{'Content-Type'='text/plain'} -ContentType 'application/x-y' | Out-Null
       irm ${listener.url} -Method Patch -Body ([Text.Encoding]::UTF8.GetBytes('ü')) -ContentType 'text/plain' | Out-Null`,
    );
    expect(stderr).to.equal('');
    const typesOf = (headers: readonly string[]): readonly string[] =>
      headers.filter((_, index) => headers[index - 1]?.toLowerCase() === 'content-type');
    expect(listener.requests.map(({ method, headers, body }) => [method, typesOf(headers), body])).to.deep.equal([
      ['POST', ['application/json'], '{}'],
      ['POST', ['application/x-y'], 'a=1%202'],
      ['PATCH', ['text/plain'], 'ü'],
    ]);
    expect(listener.requests[0]?.headers).to.include('Bearer x');
  });

  it('tells what the server says of its refusal, its status as a number, its body as a stream', async () => {
    listener = await listen((_request, response) => {
      response.writeHead(401, { 'content-type': 'application/json' });
      response.end('{"error":"invalid_grant"}');
    });
    const { stdout, stderr } = await host.run(
      `try { irm ${listener.url} } catch {
         [int]$_.Exception.Response.StatusCode
         ($_.ErrorDetails.Message | ConvertFrom-Json).error
         (New-Object System.IO.StreamReader($_.Exception.Response.GetResponseStream())).ReadToEnd()
       }
       irm ${listener.url}`,
    );
    expect(stdout).to.equal('401\ninvalid_grant\n{"error":"invalid_grant"}\n');
    expect(stderr).to.match(/^irm : \{"error":"invalid_grant"\}/);
    expect(stderr).to.contain('WebCmdletWebResponseException,Microsoft.PowerShell.Commands.InvokeRestMethodCommand');
  });
});
