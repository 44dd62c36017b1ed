import { expect } from 'chai';
import fc from 'fast-check';
import { readAuditd } from '../../../src/formats/auditd/read-auditd.ts';
import { fieldsOf, readLog } from '../../support/read-log.ts';

const head = (serial: number, second = 1_364_481_363): string => `msg=audit(${second}.243:${serial}): `;

const execve = [
  `type=SYSCALL ${head(7)}arch=c000003e syscall=59 success=yes exit=0 a0=55d1 ppid=26 pid=35 auid=500 uid=500 ses=1 comm="cat" exe="/bin/cat" key=(null)`,
  `type=EXECVE ${head(7)}argc=3 a0="cat" a1=2F746D702F6120622E747874 a2="-n"`,
  `type=CWD ${head(7)} cwd="/home/alice"`,
  `type=PATH ${head(7)}item=0 name="/bin/cat" inode=409248 nametype=NORMAL`,
  `type=PATH ${head(7)}item=1 name="/lib64/ld.so" inode=1 nametype=NORMAL`,
  `type=PROCTITLE ${head(7)}proctitle=636174002F746D702F6120622E747874002D6E`,
  `type=EOE ${head(7)}`,
];

const read = (lines: readonly string[]) => readLog(readAuditd, lines.join('\n'));
const only = async (...lines: readonly string[]): Promise<Record<string, unknown>> =>
  fieldsOf((await read(lines)).events[0]);

describe('an audit log', () => {
  it('joins the records of one event, decodes what is hexadecimal, and says what the event is about', async () => {
    const { events, losses } = await read(execve);
    expect(losses).to.deep.equal([]);
    expect(events.length).to.equal(1);
    expect(events[0]?.time).to.equal(1_364_481_363_243_000);
    expect(events[0]?.source).to.include({ product: 'linux', service: 'auditd', category: 'process_creation' });
    expect(fieldsOf(events[0])).to.deep.equal({
      type: ['SYSCALL', 'EXECVE', 'CWD', 'PATH', 'PROCTITLE'],
      arch: 'c000003e',
      syscall: '59',
      success: 'yes',
      exit: '0',
      a0: ['55d1', 'cat'],
      a1: '/tmp/a b.txt',
      a2: '-n',
      ppid: '26',
      pid: '35',
      auid: '500',
      uid: '500',
      ses: '1',
      comm: 'cat',
      exe: '/bin/cat',
      key: '(null)',
      argc: '3',
      cwd: '/home/alice',
      item: ['0', '1'],
      name: ['/bin/cat', '/lib64/ld.so'],
      inode: ['409248', '1'],
      nametype: ['NORMAL', 'NORMAL'],
      proctitle: 'cat /tmp/a b.txt -n',
      Image: '/bin/cat',
      ProcessId: '35',
      User: '500',
      ParentProcessId: '26',
      CommandLine: 'cat /tmp/a b.txt -n',
      CurrentDirectory: '/home/alice',
      LogonId: '1',
    });
  });

  it('keeps what an enriched log resolved beside the numbers', async () => {
    const line = `type=SYSCALL ${head(1)}arch=c000003e syscall=59 uid=0 exe="/bin/ls"\x1dARCH=x86_64 SYSCALL=execve UID="root"`;
    expect(await only(line, `type=EXECVE ${head(1)}argc=1 a0="ls"`)).to.include({
      syscall: '59',
      SYSCALL: 'execve',
      UID: 'root',
      User: 'root',
    });
  });

  it('reads the message of a program, quoted as a whole', async () => {
    const line = `node=ws1 type=USER_LOGIN ${head(1)}pid=9 uid=0 msg='op=login acct="root" exe="/usr/sbin/sshd" addr=1.2.3.4 res=failed'`;
    expect(await only(line)).to.deep.equal({
      type: 'USER_LOGIN',
      node: 'ws1',
      pid: '9',
      uid: '0',
      op: 'login',
      acct: 'root',
      exe: '/usr/sbin/sshd',
      addr: '1.2.3.4',
      res: 'failed',
    });
  });

  it('puts the pieces of a long argument together', async () => {
    const line = `type=EXECVE ${head(1)}argc=2 a0="x" a1_len=6 a1[0]=616263 a1[1]="def"`;
    expect(await only(line)).to.include({ a0: 'x', a1: 'abcdef' });
  });

  it('decodes the address of a socket, unless the log has', async () => {
    const call = `type=SYSCALL ${head(1)}arch=c000003e syscall=42 success=no exit=-115 exe="/usr/bin/curl"`;
    const connected = call.replace('success=no exit=-115', 'success=yes exit=0');
    const saddr = `type=SOCKADDR ${head(1)}saddr=02000050CB007107`;
    expect(await only(connected, saddr)).to.include({
      saddr_fam: 'inet',
      laddr: '203.0.113.7',
      lport: '80',
      DestinationIp: '203.0.113.7',
      DestinationPort: '80',
    });
    expect(await only(connected, `${saddr}\x1dSADDR={ saddr_fam=inet laddr=203.0.113.7 lport=80 }`)).to.include({
      laddr: '203.0.113.7',
      lport: '80',
    });
    expect(
      await only(`type=SOCKADDR ${head(1)}saddr=0A0001BB0000000020010DB800000000000000000000000100000000`),
    ).to.include({ laddr: '2001:db8::1', lport: '443' });
    expect(await only(`type=SOCKADDR ${head(1)}saddr=01002F72756E2F7300`)).to.include({
      saddr_fam: 'local',
      path: '/run/s',
    });
    expect(await only(call, saddr)).not.to.have.property('DestinationIp');
  });

  it('says which file was created, from the folder it was created in', async () => {
    const { events } = await read([
      `type=SYSCALL ${head(1)}arch=c000003e syscall=257 success=yes exe="/usr/bin/touch"`,
      `type=CWD ${head(1)}cwd="/tmp"`,
      `type=PATH ${head(1)}item=0 name="/tmp" nametype=PARENT`,
      `type=PATH ${head(1)}item=1 name="x" nametype=CREATE`,
    ]);
    expect(events[0]?.source.category).to.equal('file_event');
    expect(events[0]?.fields['TargetFilename']).to.equal('/tmp/x');
  });

  it('joins events that are mixed, and gives each when it is complete or grows old', async () => {
    const other = execve.slice(0, 3).map((line) => line.replaceAll(':7)', ':8)'));
    const mixed = execve.flatMap((line, index) => [line, ...other.slice(index, index + 1)]);
    const { events } = await read([...mixed, `type=USER_END ${head(9, 1_364_481_400)}pid=1`]);
    expect(events.map(({ fields }) => fields['type'])).to.deep.equal([
      ['SYSCALL', 'EXECVE', 'CWD', 'PATH', 'PROCTITLE'],
      ['SYSCALL', 'EXECVE', 'CWD'],
      'USER_END',
    ]);
  });

  it('counts lines that are none of its own, with an example', async () => {
    const { losses } = await read(['hello', ...execve, 'world']);
    expect(losses).to.deep.equal(['unparsed 2 line that is no audit record, for example: hello']);
  });

  it('gives back every text that auditd encodes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ minLength: 1, unit: 'grapheme' }).filter((text) => !text.includes('\0')),
        async (text) => {
          const encoded = Buffer.from(text).toString('hex').toUpperCase();
          expect(await only(`type=EXECVE ${head(1)}argc=1 a0=${encoded}`)).to.include({ a0: text });
        },
      ),
    );
  });

  it('takes no longer for a line without any sense', async () => {
    const began = performance.now();
    for (const filler of ['a', "a'", '=', 'a=', '{', 'a="', "msg='"]) {
      await read([`type=X ${head(1)}${filler.repeat(200_000)}`]);
    }
    expect(performance.now() - began).to.be.lessThan(5000);
  });
});
