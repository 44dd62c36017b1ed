import { expect } from 'chai';
import fc from 'fast-check';
import { parseStraceCall } from '../../../src/formats/strace/call.ts';
import { parseDescriptor } from '../../../src/formats/strace/descriptor.ts';
import { label, quote } from './quote.ts';

const hostile = fc.oneof(
  fc.string(),
  fc.constantFrom(') = 0', '", "x"', '<unfinished ...>', '}]) = -1', "it's", 'a->b', '-', '\\'),
);

describe('a system call as strace prints it', () => {
  it('has its arguments, its value and what follows', () => {
    expect(parseStraceCall('openat(AT_FDCWD</tmp>, "f", O_WRONLY|O_CREAT, 0666) = 3</tmp/f>')).to.deep.equal({
      name: 'openat',
      args: ['AT_FDCWD</tmp>', '"f"', 'O_WRONLY|O_CREAT', '0666'],
      value: 3,
      errno: null,
      rest: '</tmp/f>',
    });
    expect(parseStraceCall('exit_group(0)   = ?')).to.deep.include({ args: ['0'], value: null, errno: null });
    expect(parseStraceCall('vfork()                                 = 42')).to.deep.include({ args: [], value: 42 });
  });

  it('has the name of its error', () => {
    const failed = parseStraceCall(
      'connect(5<TCP:[1]>, {sa_family=AF_INET}, 16) = -1 ECONNREFUSED (Connection refused)',
    );
    expect(failed).to.include({ value: -1, errno: 'ECONNREFUSED' });
    const restarted = parseStraceCall('connect(5, {}, 16) = ? ERESTARTSYS (To be restarted if SA_RESTART is set)');
    expect(restarted).to.include({ value: null, errno: 'ERESTARTSYS' });
    expect(parseStraceCall('execve("a", [], []) = -1 (errno 18446744073709551595)')).to.include({
      errno: '18446744073709551595',
    });
  });

  it('keeps a host’s strings and paths whole, whatever stands in them', () => {
    fc.assert(
      fc.property(hostile, hostile, hostile, (first, second, folder) => {
        const path = `/${folder.replaceAll('\0', '')}`;
        const args = [label(7, path), quote(Buffer.from(first)), `[${quote(Buffer.from(second))}, 1]`];
        const call = parseStraceCall(`openat(${args.join(', ')}) = ${label(3, path)}`);
        expect(call?.args).to.deep.equal(args);
        expect(call?.value).to.equal(3);
        expect(parseDescriptor(call?.args[0] ?? '')?.label).to.deep.equal({ kind: 'path', path });
        expect(parseDescriptor(`3${call?.rest}`)?.label).to.deep.equal({ kind: 'path', path });
      }),
    );
  });

  it('is null when it is not whole, and never an error', () => {
    for (const text of ['connect(3, {sa', 'open("a', 'open("a")', 'open("a") =', '', '(', 'openat(3</a, 1) = 0']) {
      expect(parseStraceCall(text), text).to.equal(null);
    }
    fc.assert(fc.property(fc.string(), (text) => void parseStraceCall(`f(${text}`)));
  });
});

describe('a descriptor', () => {
  it('has the addresses of its socket', () => {
    expect(parseDescriptor('5<TCP:[10.0.0.1:5000->1.2.3.4:80]>')).to.deep.equal({
      fd: 5,
      label: {
        kind: 'socket',
        protocol: 'tcp',
        version: 4,
        local: { ip: '10.0.0.1', version: 4, port: 5000 },
        peer: { ip: '1.2.3.4', version: 4, port: 80 },
      },
    });
    const mapped = parseDescriptor('6<TCPv6:[[::ffff:127.0.0.1]:49786->[::1]:50385]>')?.label;
    expect(mapped).to.deep.include({
      local: { ip: '127.0.0.1', version: 4, port: 49786 },
      peer: { ip: '::1', version: 6, port: 50385 },
    });
  });

  it('has none while the socket is only an inode', () => {
    expect(parseDescriptor('8<UDP:[22464]>')?.label).to.deep.include({ protocol: 'udp', local: null, peer: null });
  });

  it('may be a device, a Unix socket, a folder or nothing', () => {
    expect(parseDescriptor('3</dev/null<char 1:3>>')?.label).to.deep.equal({ kind: 'path', path: '/dev/null' });
    expect(parseDescriptor('4<UNIX-STREAM:[1->2,"/run/a>b"]>')).to.deep.equal({ fd: 4, label: { kind: 'other' } });
    expect(parseDescriptor('AT_FDCWD</tmp/foo->')?.label).to.deep.equal({ kind: 'path', path: '/tmp/foo-' });
    expect(parseDescriptor('3')).to.deep.equal({ fd: 3, label: null });
    expect(parseDescriptor('NULL')).to.equal(null);
  });
});
