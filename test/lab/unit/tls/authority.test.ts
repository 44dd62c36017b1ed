import { createServer, connect, type TLSSocket } from 'node:tls';
import { once } from 'node:events';
import { X509Certificate } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { createAuthority, type ServerCertificate } from '../../../../src/lab/tls/authority.ts';

const names = ['login.example', 'graph.example', '198.51.100.70'];

const authority = createAuthority(Date.now() * 1000);

/** What a client that trusts `ca` makes of a server with this certificate: `trusted`, or why not. */
const greet = async ({ certificate, key }: ServerCertificate, servername: string, ca: string): Promise<string> => {
  const server = createServer({ cert: certificate, key }, (socket) => socket.end());
  server.on('tlsClientError', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const socket: TLSSocket = connect({
      host: '127.0.0.1',
      port: (server.address() as AddressInfo).port,
      servername,
      ca,
    });
    return (await new Promise((resolve) => {
      socket.once('secureConnect', () => resolve('trusted'));
      socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    }).finally(() => socket.destroy())) as string;
  } finally {
    server.close();
  }
};

describe('the authority of a lab', () => {
  it('vouches for a server under each of its names, and under no other', async () => {
    const server = authority.issue(names);
    expect(await greet(server, 'login.example', authority.certificate)).to.equal('trusted');
    expect(await greet(server, 'graph.example', authority.certificate)).to.equal('trusted');
    expect(await greet(server, 'mail.example', authority.certificate)).to.equal('ERR_TLS_CERT_ALTNAME_INVALID');
  });

  it('is trusted in its own lab only', async () => {
    const other = createAuthority(Date.now() * 1000);
    const outcome = await greet(authority.issue(names), 'login.example', other.certificate);
    expect(outcome).to.match(/^UNABLE_TO|^CERT_SIGNATURE|SELF_SIGNED/);
  });

  it('does not vouch for a server that signed its certificate itself', async () => {
    const outcome = await greet(authority.issueSelfSigned(names), 'login.example', authority.certificate);
    expect(outcome).to.equal('DEPTH_ZERO_SELF_SIGNED_CERT');
  });

  it('makes certificates of any moment near it valid: a clock that runs 60 times as fast does not leave them', () => {
    const { validFrom, validTo } = new X509Certificate(authority.issue(names).certificate);
    const [from, until] = [Date.parse(validFrom), Date.parse(validTo)];
    expect(from).to.be.below(Date.now() - 24 * 3600_000);
    expect(until).to.be.above(Date.now() + 60 * 4 * 3600_000);
  });

  it('names addresses as addresses', () => {
    const { subjectAltName } = new X509Certificate(authority.issue(names).certificate);
    expect(subjectAltName).to.equal('DNS:login.example, DNS:graph.example, IP Address:198.51.100.70');
  });

  it('can sign, and servers cannot', () => {
    expect(new X509Certificate(authority.certificate).ca).to.equal(true);
    expect(new X509Certificate(authority.issue(names).certificate).ca).to.equal(false);
  });

  it('keeps its own key to itself', () => {
    expect(JSON.stringify(authority)).to.not.include('PRIVATE');
  });
});
