import { expect } from 'chai';
import fc from 'fast-check';
import { createCaptureReader } from '../../../src/formats/pcap/read-capture.ts';
import { createLossCounter } from '../../../src/sensors/loss-counter.ts';
import type { Flow } from '../../../src/sensors/packets/flow.ts';
import { createFlowTable, type SeenFlows } from '../../../src/sensors/packets/flow-table.ts';
import type { Loss } from '../../../src/model/loss.ts';
import { big, ethernet, icmpMessage, ip, pcapng, tcp, tcpSegment, udp, udpDatagram } from '../../support/frames.ts';

interface Seen extends SeenFlows {
  readonly losses: readonly Loss[];
}

const start = 1_790_000_000_000_000;

/** Frames a millisecond apart, or at the times given. */
const track = (
  ...frames: readonly (Buffer | { readonly at: number; readonly bytes: Buffer; readonly length?: number })[]
): Seen => {
  const losses = createLossCounter('packets', 'web');
  const table = createFlowTable(losses);
  const reader = createCaptureReader((frame) => table.take(frame));
  reader.push(
    pcapng(
      frames.map((frame, index) =>
        Buffer.isBuffer(frame)
          ? { micros: start + index * 1000, bytes: frame }
          : {
              micros: start + frame.at,
              bytes: frame.bytes,
              ...(frame.length === undefined ? {} : { length: frame.length }),
            },
      ),
    ),
  );
  reader.end();
  return { ...table.finish(), losses: losses.list() };
};

const only = ({ flows }: Seen): Flow => {
  expect(flows).to.have.length(1);
  return flows[0]!;
};

const there = '10.0.0.1:5000 > 10.0.0.2:443';
const back = '10.0.0.2:443 > 10.0.0.1:5000';
const handshake = [
  tcp(there, { sequence: 99, flags: ['syn'] }),
  tcp(back, { sequence: 499, flags: ['syn', 'ack'] }),
  tcp(there, { sequence: 100 }),
];
const says = (text: string, sequence: number, payload: string | Uint8Array): Buffer =>
  tcp(text, { sequence, payload: typeof payload === 'string' ? Buffer.from(payload) : payload });

describe('a TCP flow', () => {
  it('is established by its handshake, has its bytes in both directions, and is closed by both', () => {
    const flow = only(
      track(
        ...handshake,
        says(there, 100, 'hello'),
        says(back, 500, 'hello, you'),
        tcp(there, { sequence: 105, flags: ['fin', 'ack'] }),
        tcp(back, { sequence: 510, flags: ['fin', 'ack'] }),
      ),
    );
    expect(flow).to.deep.include({
      ...{ client: { ip: '10.0.0.1', port: 5000 }, server: { ip: '10.0.0.2', port: 443 }, outcome: 'established' },
      ...{
        closed: true,
        resetBy: null,
        sent: { packets: 4, bytes: 5, repeated: 0 },
        received: { packets: 3, bytes: 10, repeated: 0 },
      },
      ...{ frame: 1, startMicros: start, settledMicros: start + 1000 },
    });
  });

  it('is refused, left unanswered, reset half open, or unreachable', () => {
    const syn = tcp(there, { sequence: 1, flags: ['syn'] });
    const synAck = tcp(back, { sequence: 1, flags: ['syn', 'ack'] });
    const about = ip({ from: '10.0.0.1', to: '10.0.0.2' }, 6, tcpSegment(5000, 443, { flags: ['syn'] })).subarray(
      0,
      28,
    );
    const unreachable = ethernet(ip({ from: '10.0.0.254', to: '10.0.0.1' }, 1, icmpMessage(3, 1, about)));
    expect(only(track(syn, tcp(back, { flags: ['rst', 'ack'] })))).to.include({
      outcome: 'refused',
      resetBy: 'server',
    });
    expect(only(track(syn, syn, syn))).to.deep.include({
      outcome: 'unanswered',
      settledMicros: null,
      sent: { packets: 3, bytes: 0, repeated: 2 },
    });
    expect(only(track(syn, synAck, tcp(there, { sequence: 2, flags: ['rst'] })))).to.include({
      outcome: 'half-open',
      resetBy: 'client',
    });
    expect(only(track(syn, unreachable))).to.include({ outcome: 'unreachable' });
  });

  it('counts what is sent again once, in whatever order and pieces it comes, across the end of the numbers too', () => {
    const data = Buffer.from(Array.from({ length: 300 }, (_, index) => index & 255));
    const piece = fc.record({ from: fc.nat(299), length: fc.integer({ min: 1, max: 120 }) });
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 20 }),
        fc.constantFrom(100, 4_294_967_100, 2_147_483_500),
        (pieces, first) => {
          const parts = [...pieces, { from: 0, length: 150 }, { from: 150, length: 150 }].map(({ from, length }) =>
            says(there, (first + from) >>> 0, data.subarray(from, from + length)),
          );
          const flow = only(
            track(tcp(there, { sequence: first - 1, flags: ['syn'] }), tcp(back, { flags: ['syn', 'ack'] }), ...parts),
          );
          expect(flow.sent.bytes).to.equal(300);
        },
      ),
    );
  });

  it('counts what was not kept, and is not misled by numbers that are made up', () => {
    const whole = says(there, 100, Buffer.alloc(5000));
    const cut = { at: 5000, bytes: whole.subarray(0, 100), length: whole.length };
    expect(only(track(...handshake, cut)).sent.bytes).to.equal(5000);
    expect(only(track(...handshake, says(there, 3_000_000_000, 'x'), says(there, 100, 'ab'))).sent.bytes).to.equal(2);
  });

  it('is another one when its ports are used again', () => {
    const again = tcp(there, { sequence: 7, flags: ['syn'] });
    const rst = tcp(back, { flags: ['rst', 'ack'] });
    expect(track(handshake[0]!, rst, again, rst).flows.map(({ outcome }) => outcome)).to.deep.equal([
      'refused',
      'refused',
    ]);
  });

  it('whose beginning is missing is told as a loss, and who began it is a guess', () => {
    const { flows, losses } = track(says(there, 100, 'hello'), says(back, 500, 'yes'));
    expect(flows[0]).to.deep.include({ fromBeginning: false, outcome: 'established' });
    expect(losses.map(({ kind }) => kind)).to.deep.equal(['truncated']);
  });
});

/** RFC 1035: one question for `a.example`, type A. */
const question = (id: number, isResponse = false): Buffer =>
  Buffer.concat([
    big(id, 2),
    big(isResponse ? 0x8183 : 0x0100, 2),
    big(1, 2),
    big(0, 6),
    Buffer.from('\x01a\x07example\x00'),
    big(1, 2),
    big(1, 2),
  ]);

const framed = (message: Buffer): Buffer => Buffer.concat([big(message.length, 2), message]);

/** The smallest greeting with a server name. */
const hello = (name: string): Buffer => {
  const list = Buffer.concat([big(name.length + 3, 2), Buffer.from([0]), big(name.length, 2), Buffer.from(name)]);
  const extensions = Buffer.concat([big(0, 2), big(list.length, 2), list]);
  const body = Buffer.concat([
    big(0x0303, 2),
    Buffer.alloc(32),
    Buffer.from([0, 0, 2, 0x13, 1, 1, 0]),
    big(extensions.length, 2),
    extensions,
  ]);
  const message = Buffer.concat([Buffer.from([1]), big(body.length, 3), body]);
  return Buffer.concat([Buffer.from([22, 3, 1]), big(message.length, 2), message]);
};

describe('what is said in a flow', () => {
  it('is the name of a TLS server, whatever the segments it comes in', () => {
    const bytes = hello('login.example');
    const cuts = fc.uniqueArray(fc.integer({ min: 1, max: bytes.length - 1 }), { maxLength: 6 });
    fc.assert(
      fc.property(cuts, fc.boolean(), (places, backwards) => {
        const ends = [0, ...places.toSorted((left, right) => left - right), bytes.length];
        const parts = ends
          .slice(1)
          .map((end, index) => says(there, 100 + (ends[index] ?? 0), bytes.subarray(ends[index], end)));
        // The first comes first: until then nobody knows what the others are part of.
        const [first = Buffer.alloc(0), ...others] = parts;
        const flow = only(track(...handshake, first, ...(backwards ? others.toReversed() : others)));
        expect(flow.serverName).to.equal('login.example');
      }),
    );
  });

  it('is DNS over UDP and over TCP, several messages in one segment and one in several', () => {
    const over = track(
      udp('10.0.0.1:4000 > 10.0.0.9:53', question(1)),
      udp('10.0.0.9:53 > 10.0.0.1:4000', question(1, true)),
    );
    expect(
      over.dns.map(({ fromClient, message }) => [fromClient, message.questions[0]?.name, message.responseCode]),
    ).to.deep.equal([
      [true, 'a.example', 'NOERROR'],
      [false, 'a.example', 'NXDOMAIN'],
    ]);
    const [to, from] = ['10.0.0.1:4000 > 10.0.0.9:53', '10.0.0.9:53 > 10.0.0.1:4000'];
    const asked = Buffer.concat([framed(question(1)), framed(question(2))]);
    const answer = framed(question(2, true));
    const tcpDns = track(
      tcp(to, { sequence: 0, flags: ['syn'] }),
      tcp(from, { sequence: 0, flags: ['syn', 'ack'] }),
      says(to, 1, asked),
      says(from, 1, answer.subarray(0, 1)),
      says(from, 2, answer.subarray(1, 20)),
      says(from, 21, answer.subarray(20)),
    );
    expect(tcpDns.dns.map(({ message: { id, isResponse } }) => [id, isResponse])).to.deep.equal([
      [1, false],
      [2, false],
      [2, true],
    ]);
    expect(tcpDns.losses).to.deep.equal([]);
  });

  it('is told as lost where the capture has only a part of it', () => {
    const whole = udp('10.0.0.1:4000 > 10.0.0.9:53', question(1));
    expect(
      track({ at: 0, bytes: whole.subarray(0, 50), length: whole.length }).losses.map(({ kind }) => kind),
    ).to.deep.equal(['truncated']);
  });
});

describe('datagrams', () => {
  it('make one exchange until they fall silent, their fragments included', () => {
    const to = '10.0.0.1:4000 > 10.0.0.9:9';
    const later = { at: 100_000_000, bytes: udp(to, Buffer.from('again')) };
    const { flows } = track(udp(to, Buffer.from('one')), udp('10.0.0.9:9 > 10.0.0.1:4000', Buffer.from('four')), later);
    expect(flows.map(({ outcome, sent, received }) => [outcome, sent.bytes, received.bytes])).to.deep.equal([
      ['established', 3, 4],
      ['unanswered', 5, 0],
    ]);
    const ends = { from: '10.0.0.1', to: '10.0.0.9' };
    const datagram = udpDatagram(4000, 9, Buffer.alloc(32));
    const [first, rest] = [datagram.subarray(0, 24), datagram.subarray(24)];
    const fragment = (part: Buffer, offset: number): Buffer =>
      ethernet(ip(ends, 17, part, { id: 5, offset, more: offset === 0 }));
    expect(only(track(fragment(first, 0), fragment(rest, 24))).sent).to.deep.equal({
      packets: 2,
      bytes: 32,
      repeated: 0,
    });
    const { flows: none, losses } = track(fragment(rest, 24));
    expect([none.length, losses.map(({ kind }) => kind)]).to.deep.equal([0, ['unlinked']]);
  });

  it('are refused by an ICMP error that quotes them', () => {
    const sent = udp('10.0.0.1:4000 > 10.0.0.9:9', Buffer.from('x'));
    const refusal = ethernet(ip({ from: '10.0.0.9', to: '10.0.0.1' }, 1, icmpMessage(3, 3, sent.subarray(14))));
    expect(only(track(sent, refusal))).to.include({ outcome: 'refused' });
  });

  it('of ping make one exchange an identifier', () => {
    const echo = (from: string, to: string, type: number, id: number): Buffer =>
      ethernet(ip({ from, to }, 1, icmpMessage(type, 0, Buffer.alloc(56), id)));
    const { flows } = track(
      echo('10.0.0.1', '10.0.0.9', 8, 1),
      echo('10.0.0.9', '10.0.0.1', 0, 1),
      echo('10.0.0.1', '10.0.0.9', 8, 2),
    );
    expect(flows.map(({ protocol, outcome }) => [protocol, outcome])).to.deep.equal([
      ['icmp', 'established'],
      ['icmp', 'unanswered'],
    ]);
  });
});

describe('frames of any kind', () => {
  it('are each counted in a flow, told as a loss, or none of IP’s', () => {
    const base = fc.constantFrom(...handshake, says(there, 100, 'x'), udp('10.0.0.1:1 > 10.0.0.2:53', question(1)));
    const flip = fc.record({ at: fc.nat(80), value: fc.nat(255) });
    const frame = fc.tuple(base, fc.array(flip, { maxLength: 3 })).map(([bytes, flips]) => {
      const changed = Buffer.from(bytes);
      for (const { at, value } of flips) changed[at % changed.length] = value;
      return changed;
    });
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 30 }), (frames) => {
        const { flows } = track(...frames);
        const counted = flows.reduce((sum, { sent, received }) => sum + sent.packets + received.packets, 0);
        expect(counted).to.be.at.most(frames.length);
      }),
      { numRuns: 500 },
    );
  });
});
