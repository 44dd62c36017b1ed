import { expect } from 'chai';
import fc from 'fast-check';
import { parseStraceCall } from '../../../src/formats/strace/call.ts';
import { readPayloads } from '../../../src/formats/strace/payloads.ts';
import { quote } from './quote.ts';

const read = (text: string): unknown[][] => {
  const call = parseStraceCall(text);
  if (call === null) throw new Error(`not a call: ${text}`);
  return readPayloads(call).map(({ bytes, address, cut }) => [
    Buffer.from(bytes).toString('latin1'),
    address?.ip ?? null,
    cut,
  ]);
};

const name = '{sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("10.0.0.2")}';
const message = (iov: string, from = 'NULL'): string =>
  `{msg_name=${from}, msg_namelen=16, msg_iov=[${iov}], msg_iovlen=1, msg_controllen=0, msg_flags=0}`;

describe('the payload of a transfer', () => {
  it('is read of every call that moves datagrams', () => {
    expect(read(`sendto(5<UDP:[1]>, "ab", 2, 0, ${name}, 16) = 2`)).to.deep.equal([['ab', '10.0.0.2', false]]);
    expect(read('recvfrom(5<UDP:[1]>, "ab"..., 4096, 0, NULL, NULL) = 4096')).to.deep.equal([['ab', null, true]]);
    expect(
      read(`sendmsg(5, ${message('{iov_base="ab", iov_len=2}, {iov_base="c", iov_len=1}')}, 0) = 3`),
    ).to.deep.equal([['abc', null, false]]);
    expect(read(`recvmsg(5, ${message('{iov_base="ab", iov_len=100}', name)}, 0) = 2`)).to.deep.equal([
      ['ab', '10.0.0.2', false],
    ]);
    const two = [message('{iov_base="a", iov_len=1}'), message('{iov_base="b", iov_len=1}', name)];
    const list = two.map((header) => `{msg_hdr=${header}, msg_len=1}`).join(', ');
    expect(read(`sendmmsg(5, [${list}], 2, MSG_NOSIGNAL) = 2`)).to.deep.equal([
      ['a', null, false],
      ['b', '10.0.0.2', false],
    ]);
    expect(read(`sendmmsg(5, [${list}], 2, MSG_NOSIGNAL) = 1`), 'one of two went out').to.have.length(1);
  });

  it('is none when nothing moved', () => {
    expect(read('recvfrom(5, 0x7ffe, 10, 0, NULL, NULL) = -1 EAGAIN (Resource temporarily unavailable)')).to.deep.equal(
      [],
    );
  });

  it('is whole, whatever bytes it has', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ minLength: 1, maxLength: 30 }), { minLength: 1, maxLength: 3 }), (parts) => {
        const iov = parts.map((part) => `{iov_base=${quote(part)}, iov_len=${part.length}}`).join(', ');
        const list = `[{msg_hdr=${message(iov, name)}, msg_len=9}]`;
        const whole = Buffer.concat(parts).toString('latin1');
        expect(read(`sendmmsg(5, ${list}, 1, 0) = 1`)).to.deep.equal([[whole, '10.0.0.2', false]]);
      }),
    );
  });
});
