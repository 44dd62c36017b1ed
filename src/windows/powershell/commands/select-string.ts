import { readFileSync, statSync } from 'node:fs';
import { leafName, type WindowsPath } from '../../os/windows-path.ts';
import { dotNetRegex } from '../operators/patterns.ts';
import { asList } from '../values/convert.ts';
import { toText } from '../values/text.ts';
import { PsObject, type Value } from '../values/value.ts';
import type { Cmdlet } from './cmdlet.ts';
import { withFile } from './files.ts';
import { matching } from './item-paths.ts';

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');

const groupObject = (text: string | undefined, index: number): PsObject =>
  new PsObject(
    ['System.Text.RegularExpressions.Group'],
    [
      ['Success', text !== undefined],
      ['Index', index],
      ['Length', text?.length ?? 0],
      ['Value', text ?? ''],
    ],
    { text: text ?? '' },
  );

/** A System.Text.RegularExpressions.Match. */
export const matchObject = (match: RegExpExecArray | RegExpMatchArray): PsObject =>
  new PsObject(
    ['System.Text.RegularExpressions.Match', 'System.Text.RegularExpressions.Group'],
    [
      ['Groups', [...match].map((text) => groupObject(text, match.index ?? 0))],
      ['Success', true],
      ['Index', match.index ?? 0],
      ['Length', match[0].length],
      ['Value', match[0]],
    ],
    { text: match[0] },
  );

interface Line {
  readonly text: string;
  readonly number: number;
  readonly file: WindowsPath | null;
}

const lineObject = ({ text, number, file }: Line, pattern: string, matches: PsObject[]): PsObject =>
  new PsObject(
    ['Microsoft.PowerShell.Commands.MatchInfo'],
    [
      ['IgnoreCase', true],
      ['LineNumber', number],
      ['Line', text],
      ['Filename', file === null ? 'InputStream' : leafName(file.windows)],
      ['Path', file?.windows ?? 'InputStream'],
      ['Pattern', pattern],
      ['Matches', matches],
    ],
    { text: file === null ? text : `${file.windows}:${number}:${text}` },
  );

export const selectString: Cmdlet = {
  name: 'Select-String',
  parameters: [
    { name: 'Pattern', position: 0 },
    { name: 'Path', position: 1 },
    { name: 'LiteralPath', aliases: ['PSPath'] },
    { name: 'InputObject' },
    { name: 'SimpleMatch', isSwitch: true },
    { name: 'CaseSensitive', isSwitch: true },
    { name: 'AllMatches', isSwitch: true },
    { name: 'NotMatch', isSwitch: true },
    { name: 'Quiet', isSwitch: true },
    { name: 'List', isSwitch: true },
    ...['Include', 'Exclude', 'Context', 'Encoding'].map((name) => ({ name, unsupported: true })),
  ],
  start: (context) => {
    const patterns = asList(context.argument('Pattern') ?? null).map(toText);
    let found = false;
    let number = 0;
    const test = async (line: Line): Promise<boolean> => {
      for (const pattern of patterns) {
        const source = context.has('SimpleMatch') ? escape(pattern) : pattern;
        const regex = dotNetRegex(source, context.has('CaseSensitive'), 'g');
        const all = [...line.text.matchAll(regex)];
        if (all.length > 0 === context.has('NotMatch')) continue;
        found = true;
        if (context.has('Quiet')) return true;
        const shown = context.has('AllMatches') ? all : all.slice(0, 1);
        await context.output(lineObject(line, pattern, shown.map(matchObject)));
        return true;
      }
      return false;
    };
    const inFile = async (file: WindowsPath): Promise<void> => {
      if (statSync(file.host, { throwIfNoEntry: false })?.isDirectory() === true) return;
      const text = withFile(context, file, () => readFileSync(file.host, 'latin1'));
      for (const [index, line] of text.split(/\r?\n/).entries())
        if ((await test({ text: line, number: index + 1, file })) && context.has('List')) return;
    };
    return {
      process: async (input) => {
        const paths = asList(context.argument('LiteralPath') ?? context.argument('Path') ?? null).map(toText);
        const path =
          input instanceof PsObject && input.get('FullName') !== null ? [toText(input.get('FullName'))] : paths;
        if (path.length > 0) for (const file of path.flatMap((one) => matching(one, context))) await inFile(file);
        else {
          const given: Value = input ?? context.argument('InputObject') ?? null;
          for (const item of asList(given)) await test({ text: toText(item), number: ++number, file: null });
        }
      },
      end: async () => {
        if (context.has('Quiet')) await context.output(found);
      },
    };
  },
};
