import { expect } from 'chai';
import { exchange } from '../../src/windows/dns/exchange.ts';
import { runNslookup } from '../../src/windows/nslookup/run-nslookup.ts';
import { NotImplemented } from '../../src/windows/os/not-implemented.ts';
import { serveNames, type Names } from './support/serve-names.ts';

describe('nslookup', () => {
  let names: Names;
  before(async () => {
    names = await serveNames(
      'lab.example 127.in-addr.arpa',
      `c2.lab.example A 203.0.113.10
       two.lab.example A 203.0.113.1
       two.lab.example A 203.0.113.2
       lab.example MX 10 mail.lab.example
       1.0.0.127.in-addr.arpa PTR names.lab.example`,
    );
  });
  beforeEach(() => void names.queries.splice(0));
  after(() => names.close());

  const run = async (args: readonly string[], server: string | null = '127.0.0.1', silent = false) => {
    let [out, error] = ['', ''];
    const code = await runNslookup(args, {
      server,
      ask: (address, asked) => (silent ? Promise.resolve(null) : exchange({ address, port: names.port }, asked)),
      out: (text) => (out += text),
      error: (text) => (error += text),
    });
    expect(code).to.equal(0);
    return { out: out.replaceAll('\r\n', '\n'), error: error.replaceAll('\r\n', '\n') };
  };

  const heading = 'Server:  names.lab.example\nAddress:  127.0.0.1\n\n';

  it("asks for the server's own name, and for both families", async () => {
    expect((await run(['c2.lab.example'])).out).to.equal(
      `${heading}Name:    c2.lab.example\nAddress:  203.0.113.10\n\n`,
    );
    expect(names.queries.map(({ name, type }) => `${type} ${name}`)).to.deep.equal([
      'PTR 1.0.0.127.in-addr.arpa',
      'A c2.lab.example',
      'AAAA c2.lab.example',
    ]);
  });

  it('shows several addresses, and records of other types', async () => {
    expect((await run(['two.lab.example', '127.0.0.1'], null)).out).to.include(
      'Addresses:  203.0.113.1\n          203.0.113.2\n',
    );
    expect((await run(['-q=mx', 'lab.example'])).out).to.include(
      'lab.example\tMX preference = 10, mail exchanger = mail.lab.example\n',
    );
  });

  it('says that there is no such domain, or that nobody answers', async () => {
    expect((await run(['c3.lab.example'])).error).to.equal(
      "*** names.lab.example can't find c3.lab.example: Non-existent domain\n",
    );
    const { out, error } = await run(['c2.lab.example'], '127.0.0.1', true);
    expect(out).to.include('Server:  UnKnown').and.include('DNS request timed out.\n    timeout was 2 seconds.\n');
    expect(error).to.equal('*** Request to UnKnown timed-out\n');
  });

  it('fails loudly at what it does not do', async () => {
    for (const args of [[], ['-debug', 'a.b'], ['a.b', '1.2.3.4', 'c'], ['203.0.113.1'], ['fileserver']]) {
      const failure: unknown = await run(args).catch((error: unknown) => error);
      expect(failure, args.join(' ')).to.be.instanceOf(NotImplemented);
    }
  });
});
