import { expect } from 'chai';
import { readCmdOptions } from '../../../src/windows/cmd/options.ts';

describe("cmd.exe's command line", () => {
  const command = (line: string): string | null => readCmdOptions(line, (name) => name === 'C:\\My App\\x.exe').command;

  const cases: readonly (readonly [string, string | null])[] = [
    ['cmd /c echo a b', 'echo a b'],
    ['"cmd.exe" /C "echo a & echo b"', 'echo a & echo b'],
    ['cmd /cecho a', 'echo a'],
    ['cmd /q /v:on /d /c echo a', 'echo a'],
    ['cmd /c "a b" "c d"', 'a b" "c d'],
    ['cmd /c "C:\\My App\\x.exe"', '"C:\\My App\\x.exe"'],
    ['cmd /c "C:\\My App\\other.exe"', 'C:\\My App\\other.exe'],
    ['cmd /s /c "C:\\My App\\x.exe"', 'C:\\My App\\x.exe'],
    ['C:\\Windows\\system32\\cmd.exe  /S /D /c" echo hi "', ' echo hi '],
    ['cmd', null],
  ];
  for (const [line, expected] of cases) {
    it(`${line} runs ${expected ?? 'what comes from standard input'}`, () => {
      expect(command(line)).to.equal(expected);
    });
  }

  it('stays after /k, and ends after /c', () => {
    expect([
      readCmdOptions('cmd /k x', () => false).stays,
      readCmdOptions('cmd /c x', () => false).stays,
    ]).to.deep.equal([true, false]);
  });
});
