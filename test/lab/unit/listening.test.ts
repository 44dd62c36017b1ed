import { expect } from 'chai';
import { parseListening } from '../../../src/lab/agent/listening.ts';

const header = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n';

describe('listening sockets', () => {
  it('are those that wait for TCP connections', () => {
    const text = `${header}   0: 0100007F:20FB 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1\n   1: 0100007F:9C40 0100007F:20FB 01 00000000:00000000 00:00000000 00000000     0        0 2\n`;
    expect(parseListening('tcp', text)).to.deep.equal(['tcp 127.0.0.1:8443']);
  });

  it('are those that take UDP datagrams from anyone', () => {
    const text = `${header}  10: 00000000:0035 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 1 2 0000000000000000 0\n`;
    expect(parseListening('udp', text)).to.deep.equal(['udp 0.0.0.0:53']);
  });

  it('have IPv6 addresses too', () => {
    const text = `${header}   0: 00000000000000000000000001000000:1F90 00000000000000000000000000000000:0000 0A 0\n   1: B80D0120000000000000000001000000:0050 0:0000 0A 0\n`;
    expect(parseListening('tcp6', text)).to.deep.equal(['tcp [0:0:0:0:0:0:0:1]:8080', 'tcp [2001:db8:0:0:0:0:0:1]:80']);
  });

  it('are none in an empty table', () => {
    expect(parseListening('tcp', header)).to.deep.equal([]);
    expect(parseListening('tcp6', '')).to.deep.equal([]);
  });
});
