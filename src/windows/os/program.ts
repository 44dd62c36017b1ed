import { notImplementedExit } from '../../model/in-host.ts';
import { splitCommandLine } from './command-line.ts';
import { exitByte } from './exit-byte.ts';
import { NotImplemented } from './not-implemented.ts';
import { writeText } from './stdio.ts';

/** Runs a console program of the persona: `run` gets the arguments after the program's name and gives Windows' exit code. */
export const runProgram = async (name: string, run: (args: readonly string[]) => Promise<number>): Promise<void> => {
  try {
    process.exitCode = exitByte(await run(splitCommandLine(process.argv[2] ?? name).slice(1)));
  } catch (error) {
    const isGap = error instanceof NotImplemented;
    writeText(2, `${name}: ${isGap ? error.message : String(error instanceof Error ? error.stack : error)}\r\n`);
    process.exitCode = isGap ? notImplementedExit : 70;
  }
};
