import { expect } from 'chai';
import { readOptions } from '../../../src/windows/powershell/options.ts';
import { splitCommandLine } from '../../../src/windows/os/command-line.ts';

const encoded = Buffer.from('1 + 1', 'utf16le').toString('base64');

describe("powershell.exe's command line", () => {
  const run = (line: string): unknown => {
    const read = readOptions(splitCommandLine(line).slice(1));
    return read.ok ? read.options.run : read.message;
  };

  const cases: readonly (readonly [string, unknown])[] = [
    ['powershell -Command "a  b" c', { kind: 'command', text: 'a  b c' }],
    ['powershell -c 1', { kind: 'command', text: '1' }],
    ['powershell & {1}', { kind: 'command', text: '& {1}' }],
    ['powershell -nop -w hidden -ep bypass -noni iex x', { kind: 'command', text: 'iex x' }],
    [
      'powershell /nologo -ExecutionPolicy Bypass -File C:\\x.ps1 -a 1',
      { kind: 'file', path: 'C:\\x.ps1', args: ['-a', '1'] },
    ],
    ['powershell –NoProfile -Command 1', { kind: 'command', text: '1' }],
    ['powershell -foo', { kind: 'command', text: '-foo' }],
    ['powershell -Command -', { kind: 'input' }],
    ['powershell', { kind: 'input' }],
    [
      'powershell -Command',
      'Cannot process the command because of a missing parameter. A command must follow -Command.',
    ],
    [
      'powershell -enc !!',
      'Cannot process the command because the value specified with -EncodedCommand is not properly encoded. The value must be Base64 encoded.',
    ],
    ...['-e', '-ec', '-en', '-enc', '-EncodedCommand', '/enc'].map(
      (name) => [`powershell ${name} ${encoded}`, { kind: 'command', text: '1 + 1' }] as const,
    ),
  ];
  for (const [line, expected] of cases) {
    it(`${line} means ${JSON.stringify(expected)}`, () => {
      expect(run(line)).to.deep.equal(expected);
    });
  }

  it('keeps what the window and the policy were asked to be', () => {
    const read = readOptions(['-WindowStyle', 'Hidden', '-NoProfile', '-ExecutionPolicy', 'Bypass', '-c', '1']);
    expect(read.ok && read.options).to.deep.include({
      windowStyle: 'Hidden',
      noProfile: true,
      executionPolicy: 'Bypass',
      noExit: false,
      noLogo: false,
    });
  });
});
