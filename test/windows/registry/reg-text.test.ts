import { expect } from 'chai';
import fc from 'fast-check';
import { createKey, makeKey, setValue } from '../../../src/windows/registry/hive.ts';
import { parseRegText, readHive, renderHive } from '../../../src/windows/registry/reg-text.ts';
import type { RegistryData } from '../../../src/windows/registry/value.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 20 }).filter((value) => !value.includes('\0'));
const bytes = fc.uint8Array({ maxLength: 12 });

const data: fc.Arbitrary<RegistryData> = fc.oneof(
  text.map((value): RegistryData => ({ type: 'REG_SZ', data: value })),
  text.map((value): RegistryData => ({ type: 'REG_EXPAND_SZ', data: value })),
  fc
    .array(text.filter(Boolean), { maxLength: 3 })
    .map((value): RegistryData => ({ type: 'REG_MULTI_SZ', data: value })),
  fc.nat({ max: 2 ** 32 - 1 }).map((value): RegistryData => ({ type: 'REG_DWORD', data: value })),
  fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map((value): RegistryData => ({ type: 'REG_QWORD', data: value })),
  bytes.map((value): RegistryData => ({ type: 'REG_BINARY', data: Buffer.from(value) })),
);

/** What a key or value may be called: a bracket or a line end in it would end its line of the file. */
const name = fc
  .string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 12 })
  .filter((value) => !/[\\\][]/.test(value));

describe('a hive as text', () => {
  it('reads back as it was, whatever it holds', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(name, name, data), { maxLength: 6 }), (entries) => {
        const hive = createKey('HKEY_LOCAL_MACHINE\\SOFTWARE');
        for (const [key, value, content] of entries) setValue(makeKey(hive, ['Test', key]).key, value, content);
        const once = renderHive(hive);
        const again = readHive(once, hive.name);
        expect(renderHive(again)).to.equal(once);
        for (const [key, value] of entries) {
          const last = entries.findLast(([k, v]) => same(k, key) && same(v, value))?.[2];
          const found = makeKey(again, ['Test', key]).key.values.get(value.toLowerCase())?.value;
          expect(found?.type).to.equal(last?.type);
        }
      }),
    );
  });

  it('reads what regedit exports: default values, long lines, deletions', () => {
    const changes = parseRegText(
      [
        'Windows Registry Editor Version 5.00',
        '',
        '[HKEY_CURRENT_USER\\Software\\A [b]]',
        '@="def\\\\ault \\"x\\""',
        '"bin"=hex:01,\\',
        '  02,ff',
        '"gone"=-',
        '[-HKEY_CURRENT_USER\\Software\\Old]',
      ].join('\r\n'),
    );
    const path = 'HKEY_CURRENT_USER\\Software\\A [b]';
    expect(changes).to.deep.equal([
      { kind: 'key', path },
      { kind: 'value', path, name: '', value: { type: 'REG_SZ', data: 'def\\ault "x"' } },
      { kind: 'value', path, name: 'bin', value: { type: 'REG_BINARY', data: Uint8Array.of(1, 2, 255) } },
      { kind: 'delete-value', path, name: 'gone' },
      { kind: 'delete-key', path: 'HKEY_CURRENT_USER\\Software\\Old' },
    ]);
  });
});

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
