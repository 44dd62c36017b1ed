import { expect } from 'chai';
import fc from 'fast-check';
import { commandTail, joinCommandLine, quoteArgument, splitCommandLine } from '../../../src/windows/os/command-line.ts';

describe('a Windows command line', () => {
  // The examples of Microsoft's "Parsing C command-line arguments".
  const documented: readonly (readonly [string, readonly string[]])[] = [
    [String.raw`x "a b c" d e`, ['a b c', 'd', 'e']],
    [String.raw`x "ab\"c" "\\" d`, ['ab"c', '\\', 'd']],
    [String.raw`x a\\\b d"e f"g h`, [String.raw`a\\\b`, 'de fg', 'h']],
    [String.raw`x a\\\"b c d`, [String.raw`a\"b`, 'c', 'd']],
    [String.raw`x a\\\\"b c" d e`, [String.raw`a\\b c`, 'd', 'e']],
    ['x a"b"" c d', ['ab" c d']],
  ];

  for (const [line, args] of documented) {
    it(`splits ${line}`, () => {
      expect(splitCommandLine(line).slice(1)).to.deep.equal(args);
    });
  }

  it('takes backslashes in the program name as they are', () => {
    expect(splitCommandLine(String.raw`"C:\Program Files\x\" a`)[0]).to.equal('C:\\Program Files\\x\\');
  });

  it('keeps an empty argument in quotes, and none at the end', () => {
    expect(splitCommandLine('x "" b ')).to.deep.equal(['x', '', 'b']);
  });

  it('keeps the blanks of a string whose quotes are written \\""', () => {
    expect(
      splitCommandLine(String.raw`"powershell.exe" & {echo \""a  b\""}`)
        .slice(1)
        .join(' '),
    ).to.equal('& {echo "a  b"}');
  });

  it('leaves the raw text behind the program to those who read it themselves', () => {
    expect(commandTail('"C:\\a b\\cmd.exe" /c  echo "x')).to.equal(' /c  echo "x');
  });

  it('gives back every list of arguments that was joined', () => {
    const argument = fc.string({ unit: fc.constantFrom('a', ' ', '\t', '"', '\\', 'é', '&', '\n') });
    fc.assert(
      fc.property(fc.array(argument), (args) => {
        expect(splitCommandLine(joinCommandLine('C:\\x y\\p.exe', args))).to.deep.equal(['C:\\x y\\p.exe', ...args]);
      }),
    );
  });

  it('quotes only what needs it', () => {
    expect(['a', 'a b', '', 'a"b', 'a\\', 'a b\\'].map(quoteArgument)).to.deep.equal([
      'a',
      '"a b"',
      '""',
      '"a\\"b"',
      'a\\',
      '"a b\\\\"',
    ]);
  });
});
