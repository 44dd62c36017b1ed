import { expect } from 'chai';
import fc from 'fast-check';
import type { Flow } from '../../../src/sensors/packets/flow.ts';
import { mapTranslations } from '../../../src/sensors/packets/translations.ts';

const outside = '198.51.100.10';
const zones = [{ bridge: 'zone0', outside }];
const nothing = { packets: 1, bytes: 0, repeated: 0 };

const flow = (fields: Partial<Flow>): Flow => ({
  protocol: 'tcp',
  version: 4,
  interface: 'zone0',
  client: { ip: '10.13.37.11', port: 50_000 },
  server: { ip: '203.0.113.10', port: 443 },
  frame: 1,
  startMicros: 1_000_000,
  lastMicros: 1_000_000,
  settledMicros: null,
  outcome: 'established',
  resetBy: null,
  closed: false,
  sent: nothing,
  received: nothing,
  serverName: null,
  fromBeginning: true,
  opening: '1',
  ...fields,
});

/** The same flow as it leaves the router, from this port of the zone's address. */
const translated = (before: Flow, port: number, micros = 20): Flow => ({
  ...before,
  interface: 'zone1',
  client: { ip: outside, port },
  startMicros: before.startMicros + micros,
});

describe("the router's map, from the frames of both its sides", () => {
  it('finds what went in, whatever port it comes out of', () => {
    const hosts = ['10.13.37.11', '10.13.37.12'];
    const before = hosts.map((ip, index) => flow({ client: { ip, port: 50_000 }, opening: String(index) }));
    const after = before.map((one, index) => translated(one, 60_000 - index));
    const map = mapTranslations([...before, ...after], zones);
    expect(after.map((one) => map.get(one))).to.deep.equal(before);
  });

  it('holds for any number of flows at once, to one server', () => {
    const ports = fc.uniqueArray(fc.integer({ min: 1024, max: 65_535 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(ports, fc.infiniteStream(fc.nat(10_000)), (given, starts) => {
        const before = given.map((port, index) => {
          const startMicros = 1_000_000 + (starts.next().value as number);
          return flow({ client: { ip: `10.13.37.${11 + (index % 5)}`, port }, opening: String(index), startMicros });
        });
        const after = before.map((one, index) => translated(one, given.at(-1 - index) ?? 0));
        const map = mapTranslations([...after, ...before], zones);
        expect(after.map((one) => map.get(one))).to.deep.equal(before);
      }),
    );
  });

  it('keeps two that are alike in the order in which they went in', () => {
    const before = [0, 5000].map((later) => flow({ protocol: 'udp', startMicros: 1_000_000 + later }));
    const after = before.map((one, index) => translated(one, 60_000 + index));
    const map = mapTranslations([...before, ...after], zones);
    expect(after.map((one) => map.get(one))).to.deep.equal(before);
  });

  it('takes no flow for another that began a while before it, or after it', () => {
    const before = flow({});
    for (const micros of [3_000_000, -3_000_000]) {
      expect(mapTranslations([before, translated(before, 60_000, micros)], zones).size).to.equal(0);
    }
  });

  it('knows nothing of what comes from the address itself, or was seen only in part', () => {
    const own = flow({ interface: 'zone1', client: { ip: outside, port: 1 }, opening: '7' });
    const partial = flow({ opening: null });
    expect(mapTranslations([own, partial, translated(partial, 60_000)], zones).size).to.equal(0);
  });

  it('leads a published port back to who asked for it', () => {
    const asked = flow({
      interface: 'zone1',
      client: { ip: '203.0.113.10', port: 4000 },
      server: { ip: outside, port: 2222 },
    });
    const arrived = { ...asked, interface: 'zone0', server: { ip: '10.13.37.21', port: 22 }, startMicros: 1_000_040 };
    expect(mapTranslations([asked, arrived], zones).get(arrived)).to.equal(asked);
  });

  it('leaves alone what is not translated', () => {
    const before = flow({});
    const after = { ...before, interface: 'zone1' };
    expect(mapTranslations([before, after], zones).size).to.equal(0);
  });
});
