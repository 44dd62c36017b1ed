import { expect } from 'chai';
import { extract } from 'tar-stream';
import { createArchive } from '../../../src/lab/host/archive.ts';

const entriesOf = async (archive: Buffer): Promise<readonly string[]> => {
  const reader = extract();
  reader.end(archive);
  const entries: string[] = [];
  for await (const entry of reader) {
    const chunks: Buffer[] = [];
    for await (const chunk of entry as AsyncIterable<Buffer>) chunks.push(chunk);
    const { name, type, mode, linkname } = entry.header;
    const content = type === 'symlink' ? `-> ${linkname}` : Buffer.concat(chunks).toString('utf8');
    entries.push(`${type} ${mode?.toString(8)} ${name} ${content}`.trimEnd());
  }
  return entries;
};

describe('the archive of a new host', () => {
  it('has every folder once, before what is in it, and leaves those alone that are there', async () => {
    const archive = await createArchive(
      [
        { path: '/C:/Windows/a.txt', content: 'a', mode: 0o600 },
        { path: '/C:/Windows/b.txt', content: Uint8Array.of(98), mode: 0o755 },
        { path: '/etc/hosts', content: 'h', mode: 0o644 },
      ],
      [{ path: '/etc/alternatives/awk', target: '/usr/bin/mawk' }],
    );
    expect(await entriesOf(archive)).to.deep.equal([
      'directory 755 C:/',
      'directory 755 C:/Windows/',
      'directory 755 etc/alternatives/',
      'symlink 777 etc/alternatives/awk -> /usr/bin/mawk',
      'file 600 C:/Windows/a.txt a',
      'file 755 C:/Windows/b.txt b',
      'file 644 etc/hosts h',
    ]);
  });

  it('has names of any length and script', async () => {
    const path = `/${'ä'.repeat(120)}/${'x'.repeat(200)}`;
    const entries = await entriesOf(await createArchive([{ path, content: 'y', mode: 0o644 }], []));
    expect(entries.at(-1)).to.equal(`file 644 ${path.slice(1)} y`);
  });

  for (const path of ['etc/passwd', '/../etc/passwd', '/a/../../b', '/a//b', '/a/./b', '']) {
    it(`refuses ${JSON.stringify(path)}`, async () => {
      let message = '';
      try {
        await createArchive([{ path, content: '', mode: 0o644 }], []);
      } catch (error) {
        message = (error as Error).message;
      }
      expect(message).to.match(/not an absolute, normal path/);
    });
  }
});
