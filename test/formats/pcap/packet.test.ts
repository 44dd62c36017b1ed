import { expect } from 'chai';
import fc from 'fast-check';
import { linkTypes } from '../../../src/formats/pcap/link.ts';
import { decodeFrame, type Packet } from '../../../src/formats/pcap/packet.ts';
import { big, ethernet, icmpMessage, ip, tcp, tcpSegment, udp, udpDatagram } from '../../support/frames.ts';

const packetOf = (bytes: Buffer, linkType: number = linkTypes.ethernet, length = bytes.length): Packet => {
  const decoded = decodeFrame(linkType, bytes, length);
  if (decoded.kind !== 'packet') throw new Error(JSON.stringify(decoded));
  return decoded.packet;
};

const v4 = { from: '10.13.37.1', to: '203.0.113.9' };
const v6 = { from: '2001:db8::1', to: 'fe80::2:3' };
const payload = Buffer.from('hello');

describe('a frame', () => {
  for (const ends of [v4, v6]) {
    const version = ends === v4 ? 4 : 6;
    it(`holds TCP over IPv${version}`, () => {
      const segment = tcpSegment(5000, 443, { sequence: 4_294_967_295, flags: ['syn', 'ack'], payload });
      const packet = packetOf(ethernet(ip(ends, 6, segment)));
      expect(packet).to.deep.include({ version, source: ends.from, destination: ends.to, fragmentOf: null });
      expect(packet.transport).to.deep.include({
        sourcePort: 5000,
        destinationPort: 443,
        sequence: 4_294_967_295,
        flags: 0x12,
        length: 5,
      });
    });

    it(`holds UDP over IPv${version}, in fragments too`, () => {
      const datagram = udpDatagram(5000, 53, Buffer.alloc(32, 1));
      const first = packetOf(ethernet(ip(ends, 17, datagram.subarray(0, 24), { id: 7, offset: 0, more: true })));
      const last = packetOf(ethernet(ip(ends, 17, datagram.subarray(24), { id: 7, offset: 24, more: false })));
      expect(first.transport).to.include({ kind: 'udp', destinationPort: 53, length: 16 });
      expect(last.transport).to.deep.equal({ kind: 'fragment', length: 16 });
      expect(last.fragmentOf).to.be.a('string').and.equal(first.fragmentOf);
    });
  }

  it('may be padded, and may be kept in part', () => {
    const padded = packetOf(Buffer.concat([udp('10.0.0.1:1 > 10.0.0.2:2', Buffer.from('x')), Buffer.alloc(20)]));
    expect(padded.transport).to.include({ length: 1 });
    expect('bytes' in padded.transport ? [...padded.transport.bytes] : []).to.deep.equal([120]);
    const whole = tcp('10.0.0.1:1 > 10.0.0.2:2', { payload: Buffer.alloc(1000, 1) });
    const cut = packetOf(whole.subarray(0, 100), linkTypes.ethernet, whole.length).transport;
    expect(cut).to.include({ kind: 'tcp', length: 1000 });
    expect('bytes' in cut ? cut.bytes.length : 0).to.equal(46);
  });

  it('may be larger than its IP header can tell', () => {
    const bytes = Buffer.from(tcp('10.0.0.1:1 > 10.0.0.2:2', { payload: Buffer.alloc(100) }));
    bytes.writeUInt16BE(0, 16);
    expect(packetOf(bytes, linkTypes.ethernet, 200_000).transport).to.include({ length: 200_000 - 54 });
  });

  it('is read from every link layer', () => {
    const packet = ip(v4, 17, udpDatagram(1, 2, payload));
    const six = ip(v6, 17, udpDatagram(1, 2, payload));
    const cases: readonly (readonly [number, Buffer])[] = [
      [linkTypes.ethernet, ethernet(packet, [5, 6])],
      [linkTypes.raw, packet],
      [linkTypes.ipv6, six],
      [linkTypes.null, Buffer.concat([Buffer.from([2, 0, 0, 0]), packet])],
      [linkTypes.loop, Buffer.concat([Buffer.from([0, 0, 0, 30]), six])],
      [linkTypes.linuxSll, Buffer.concat([Buffer.alloc(14), big(0x0800, 2), packet])],
      [linkTypes.linuxSll2, Buffer.concat([big(0x86dd, 2), Buffer.alloc(18), six])],
    ];
    for (const [linkType, bytes] of cases)
      expect(packetOf(bytes, linkType).transport, String(linkType)).to.include({ length: 5 });
    expect(decodeFrame(linkTypes.ethernet, Buffer.concat([Buffer.alloc(12), big(0x0806, 2)]), 14)).to.deep.equal({
      kind: 'other',
      what: 'ARP',
    });
    expect(decodeFrame(147, packet, packet.length)).to.have.property('kind', 'damaged');
  });

  it('holds errors of ICMP, with the packet they are about', () => {
    const about = ip({ from: v4.to, to: v4.from }, 6, tcpSegment(5000, 80, { flags: ['syn'] })).subarray(0, 28);
    const { transport } = packetOf(ethernet(ip(v4, 1, icmpMessage(3, 3, about))));
    expect(transport).to.deep.include({
      ...{ kind: 'icmp', type: 3, code: 3 },
      about: { source: v4.to, destination: v4.from, protocol: 6, sourcePort: 5000, destinationPort: 80 },
    });
    expect(packetOf(ethernet(ip(v4, 1, icmpMessage(8, 0, payload, 99)))).transport).to.deep.include({
      type: 8,
      identifier: 99,
      about: null,
    });
  });

  it('never throws, whatever it holds', () => {
    const bases = [
      tcp('10.0.0.1:1 > 10.0.0.2:2', { payload }),
      ethernet(ip(v6, 44, Buffer.concat([Buffer.from([0, 0, 0, 1, 0, 0, 0, 9]), payload]))),
      ethernet(ip(v6, 0, Buffer.concat([Buffer.from([6, 0, 0, 0, 0, 0, 0, 0]), tcpSegment(1, 2, {})]))),
      ethernet(ip(v4, 1, icmpMessage(3, 1, ip(v4, 17, udpDatagram(1, 2, payload))))),
    ];
    const known = new Set(['packet', 'other', 'damaged']);
    const flip = fc.record({ at: fc.nat(120), value: fc.nat(255) });
    const link = fc.constantFrom(...Object.values(linkTypes), 9999);
    fc.assert(
      fc.property(
        fc.constantFrom(...bases),
        fc.array(flip, { maxLength: 6 }),
        fc.nat(120),
        link,
        (base, flips, kept, linkType) => {
          const bytes = Buffer.from(base);
          for (const { at, value } of flips) bytes[at % bytes.length] = value;
          expect(known.has(decodeFrame(linkType, bytes.subarray(0, kept), bytes.length).kind)).to.equal(true);
        },
      ),
      { numRuns: 3000 },
    );
  });
});
