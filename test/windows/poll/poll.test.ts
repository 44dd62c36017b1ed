import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { expect } from 'chai';
import { windowsDrive } from '../../../src/windows/drive.ts';
import type { DnsClient } from '../../../src/windows/dns/client.ts';
import { createAsker } from '../../../src/windows/poll/ask.ts';
import { repeat } from '../../../src/windows/poll/repeat.ts';
import type { HostClock } from '../../../src/windows/os/clock.ts';

/** Time passes where somebody sleeps, and nowhere else. */
const handClock = (): HostClock & { pass: (milliseconds: number) => void } => {
  let time = 1_000_000;
  const pass = (milliseconds: number): void => void (time += milliseconds);
  return { now: () => time, pass, sleep: (ms) => Promise.resolve(pass(ms)), later: () => () => undefined };
};

describe('a program that polls', () => {
  it('polls at fixed times, however long a poll takes', async () => {
    const clock = handClock();
    const began = clock.now();
    const at: number[] = [];
    await repeat({ everySeconds: 60, times: 4 }, clock, () => {
      at.push((clock.now() - began) / 1000);
      return Promise.resolve(clock.pass(45_000));
    });
    expect(at).to.deep.equal([0, 60, 120, 180]);
  });

  it('goes on after a poll that fails, and says how many did and why', async () => {
    let count = 0;
    const outcome = await repeat({ everySeconds: 1, times: 3 }, handClock(), () =>
      ++count < 3 ? Promise.reject(new Error(`poll ${count}`)) : Promise.resolve(),
    );
    expect(outcome).to.deep.equal({ failed: 2, reason: 'poll 2' });
  });

  describe('asks its server', () => {
    let server: Server;
    let connections = 0;
    const names: string[] = [];
    const dns = {
      addresses: (name: string) => {
        names.push(name);
        return Promise.resolve({ addresses: ['127.0.0.1'] });
      },
    } as unknown as DnsClient;

    beforeEach(async () => {
      [connections, names.length] = [0, 0];
      server = createServer((_request, response) => response.end('ok')).on('connection', () => connections++);
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
    });
    afterEach(() => server.close());

    const ask = async (connection: 'new' | 'kept'): Promise<void> => {
      const url = new URL(`http://vendor.example:${(server.address() as AddressInfo).port}/`);
      const asker = createAsker(url, connection, dns);
      for (let count = 0; count < 3; count++) await asker();
    };

    it('over a new connection each time, after asking for its name', async () => {
      await ask('new');
      expect(connections).to.equal(3);
      expect(names).to.have.length(3);
    });

    it('over one that it keeps', async () => {
      await ask('kept');
      expect(connections).to.equal(1);
      expect(names).to.have.length(1);
    });
  });

  it("has its product's name on the drive, and takes no argument of ours", () => {
    const does = { url: 'http://vendor.example/', connection: 'new', everySeconds: 60, times: null } as const;
    const file = 'C:\\Program Files (x86)\\Vendor\\agent.exe';
    const found = windowsDrive('LAB\\analyst', undefined, [{ file, does }]).find(
      ({ path }) => path === '/C:/Program Files (x86)/Vendor/agent.exe',
    );
    expect(found?.mode).to.equal(0o755);
    expect(found?.content).to.match(
      /^#!\/\.tocsin\/node\nglobalThis\.polling=\{"url":.*\};require\('.*\/poll\.mjs'\);\n$/,
    );
  });
});
