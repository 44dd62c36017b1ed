import { isatty } from 'node:tty';
import { openHostClock } from '../os/clock.ts';
import { runProgram } from '../os/program.ts';
import { processStdio, writeText } from '../os/stdio.ts';
import { indexOfKey, readChoiceOptions, type ChoiceOptions } from './options.ts';

const question = ({ message, choices, showsChoices }: ChoiceOptions): string =>
  `${message}${showsChoices ? `${message === '' ? '' : ' '}[${[...choices].join(',')}]?` : ''}`;

/** Keys as they are pressed: no Enter is waited for. Ends with the input. */
async function* pressedKeys(): AsyncGenerator<string> {
  process.stdin.setEncoding('utf8');
  for await (const text of process.stdin) yield* String(text);
}

/** Exit code of the key that counts; 255 when the input ends before, 0 at Ctrl+C. */
const firstChoice = async (options: ChoiceOptions): Promise<readonly [code: number, shown: string]> => {
  for await (const key of pressedKeys()) {
    const index = indexOfKey(key, options);
    if (index !== null) return [index, options.choices[index - 1] ?? ''];
    if (key === '\u0003') return [0, ''];
    // It beeps at any other key.
    writeText(processStdio.output, '\u0007');
  }
  return [255, ''];
};

/** choice.exe: asks for one key of several. */
void runProgram('choice.exe', async (args) => {
  const options = readChoiceOptions(args);
  if (options === null) {
    writeText(processStdio.error, 'ERROR: Invalid syntax.\r\nType "CHOICE /?" for usage.\r\n');
    return 255;
  }
  // Before it asks: what is pressed from then on shows nothing by itself.
  if (isatty(processStdio.input)) process.stdin.setRawMode(true);
  writeText(processStdio.output, question(options));
  const { seconds, fallback } = options;
  const waits: Promise<readonly [number, string]>[] = [firstChoice(options)];
  if (seconds !== null && fallback !== null)
    waits.push(
      openHostClock()
        .sleep(seconds * 1000)
        .then(() => [indexOfKey(fallback, options) ?? 255, fallback]),
    );
  const [code, shown] = await Promise.race(waits);
  writeText(processStdio.output, `${shown}\r\n`);
  if (isatty(processStdio.input)) process.stdin.setRawMode(false);
  process.stdin.destroy();
  return code;
});
