import { isGap, type Need } from '../../src/windows/needs/need.ts';
import type { Measured, Shell } from './measure.ts';

const names: Readonly<Record<Shell, string>> = { powershell: 'PowerShell', command_prompt: 'command prompt' };

const kinds: Readonly<Record<Need['kind'], string>> = {
  syntax: 'Syntax',
  statement: 'Statements',
  cmdlet: 'Cmdlets',
  parameter: 'Parameters of cmdlets that are there',
  program: 'Programs of Windows',
  internal: 'Commands of cmd.exe itself',
  type: '.NET types',
  member: 'Static members of .NET types',
  com: 'COM objects',
  drive: "PowerShell's drives",
  module: 'Functions of modules and scripts that the test must bring',
  file: 'Programs that the test must bring',
  download: 'Scripts that the test runs from the internet',
};

const share = (part: number, whole: number): string => `${part} (${((100 * part) / whole).toFixed(1)} %)`;

const summary = (shell: Shell, measured: readonly Measured[]): string => {
  const own = measured.filter((test) => test.shell === shell);
  const read = own.filter(({ needs }) => needs.every(({ kind }) => kind !== 'syntax'));
  const complete = own.filter(({ needs }) => needs.every((need) => !isGap(need)));
  const alone = complete.filter(({ needs }) => needs.length === 0);
  return `| ${names[shell]} | ${own.length} | ${share(read.length, own.length)} | ${share(complete.length, own.length)} | ${share(alone.length, own.length)} |`;
};

interface Count {
  readonly need: Need;
  readonly tests: number;
  /** Tests that lack nothing else. */
  readonly only: number;
}

const countNeeds = (measured: readonly Measured[]): Count[] => {
  const counts = new Map<string, { need: Need; tests: number; only: number }>();
  for (const { needs } of measured) {
    const gaps = needs.filter(isGap).length;
    for (const need of needs) {
      const key = `${need.kind} ${need.name.toLowerCase()}`;
      const count = counts.get(key) ?? { need, tests: 0, only: 0 };
      count.tests++;
      if (isGap(need) && gaps === 1) count.only++;
      counts.set(key, count);
    }
  }
  return [...counts.values()].sort(
    (a, b) => b.tests - a.tests || b.only - a.only || a.need.name.localeCompare(b.need.name),
  );
};

const shown = 40;

const table = (kind: Need['kind'], counts: readonly Count[]): string => {
  const own = counts.filter(({ need }) => need.kind === kind);
  if (own.length === 0) return '';
  const rows = own
    .slice(0, shown)
    .map(
      ({ need, tests, only }) => `| \`${need.name.replaceAll('|', '\\|')}\` | ${tests} | ${isGap(need) ? only : ''} |`,
    );
  const rest = own.length > shown ? `\n\nand ${own.length - shown} more.` : '';
  return `\n## ${kinds[kind]}\n\n| | tests | lack only this |\n| --- | ---: | ---: |\n${rows.join('\n')}${rest}\n`;
};

/** `docs/persona.md`. */
export const renderPersonaReport = (measured: readonly Measured[]): string => {
  const counts = countNeeds(measured);
  const order = Object.keys(kinds) as Need['kind'][];
  return `# What the Windows persona runs of Atomic Red Team

Made by \`node bench/persona.ts\`; a test compares. Every PowerShell and command-prompt test, with its default inputs, is read by the
persona's own parsers, and what it names is looked up in the persona's own tables: commands and their parameters, programs, .NET types,
static members, drives. What a script in a string is given to (\`powershell -c\`, \`cmd /c\`, \`Invoke-Expression\`) is read as well.

It is read and not run. Members of objects that are made at run time are not looked up, nor are options of programs: what is missing
there ends the test with exit code 120, \`not-run\`, and says what it was.

| tests | all | parsed | nothing missing of the persona | and nothing else to bring |
| --- | ---: | ---: | ---: | ---: |
${summary('powershell', measured)}
${summary('command_prompt', measured)}

A test that has "nothing else to bring" needs no file, module or download that Windows does not have. What the others lack:
${order.map((kind) => table(kind, counts)).join('')}`;
};
