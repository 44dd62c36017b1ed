import { expect } from 'chai';
import fc from 'fast-check';
import { recognize } from '../../../src/api/log-sources/recognize.ts';

const kind = (content: string | Buffer): string => {
  const found = recognize(Buffer.from(content as string), true);
  return found.ok ? found.format : found.reason;
};

const utf16 = (text: string): Buffer => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);

const cases: readonly (readonly [title: string, content: string | Buffer, expected: string])[] = [
  ['an event log', 'ElfFile\0\0\0', 'evtx'],
  ['a chunk of one', 'ElfChnk\0\x01', 'evtx'],
  ['Parquet', 'PAR1\x15\x04', 'parquet'],
  ['a list of events', '<?xml version="1.0"?><Events><Event xmlns="x">', 'windows-xml'],
  ['events in UTF-16', utf16('<Event xmlns="x"><System/></Event>'), 'windows-xml'],
  ['events after a line of the tool', 'evtxexport 2018\n\n<Event xmlns="x">\n', 'windows-xml'],
  ['an audit log', 'type=SYSCALL msg=audit(1.2:3): a=b\ntype=CWD msg=audit(1.2:3): cwd="/"\n', 'auditd'],
  ['an audit log with node names', 'node=a type=SYSCALL msg=audit(1.2:3): a=b\n', 'auditd'],
  ['syslog', 'Jan  2 10:11:12 host sshd[12]: x\n', 'syslog'],
  ['syslog with some lines of others', 'Jan  2 10:11:12 host a: x\n  at y\nJan  2 10:11:12 host a: x\n', 'syslog'],
  ['syslog of RFC 5424', '<34>1 2020-01-01T00:00:00Z h a - - - x', 'syslog'],
  ['an object a line', '{"a":1}\n{"a":2}\n', 'ndjson'],
  ['one object', '{"a":1}', 'ndjson'],
  ['a list', '[{"a":1}]', 'json'],
  ['an object over lines', '\ufeff{\n"a":1}', 'json'],
  ['a table', 'EventID,Channel\n1,Security\n', 'csv'],
  ['a table with semicolons', 'Level;Date and Time;Event ID\nInformation;1.1.2020;4624\n', 'csv'],
  ['nothing', '', 'empty'],
  ['blanks', ' \n\n', 'nothing but blanks'],
  ['an archive', 'PK\x03\x04', 'a zip archive: unpack it first'],
  ['a program', '\x7fELF\x02', 'a program, not a log'],
  ['other XML', '<html><body>x</body></html>', 'XML without events of Windows'],
  [
    "PowerShell's objects",
    '<Objs Version="1.1.0.1"><Obj/></Objs>',
    'objects that PowerShell exported (CLIXML): export events with .ToXml() instead',
  ],
  [
    "Zeek's own tables",
    '#separator \\x09\n#fields\tts\n',
    "a table with '#' lines (Zeek, IIS): export it as JSON or CSV",
  ],
  ['prose', 'Hello, world.\nThis is no log, it is a text.\n', 'text of no known form, beginning with: Hello, world.'],
  ['bytes', Buffer.from([1, 2, 3, 0, 255, 254]), 'bytes of no format that is read'],
];

describe('the content of a file', () => {
  for (const [title, content, expected] of cases) {
    it(`is recognized: ${title}`, () => {
      expect(kind(content)).to.equal(expected);
    });
  }

  it('never confuses or crashes what recognizes it', () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.string({ maxLength: 300 })), (content) => {
        expect(kind(Buffer.from(content as string)))
          .to.be.a('string')
          .and.not.equal('');
      }),
    );
  });

  it('is recognized as quickly when it makes no sense', () => {
    const began = performance.now();
    for (const filler of ['{', '[', '<', '"', ',', 'a', ' ', 'a=', '<Event '])
      kind(filler.repeat(65_536 / filler.length));
    expect(performance.now() - began).to.be.lessThan(3000);
  });
});
