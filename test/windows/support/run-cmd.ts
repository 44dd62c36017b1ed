import { chmodSync, closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { WindowsEnvironment } from '../../../src/windows/os/environment.ts';
import { runLine } from '../../../src/windows/cmd/run-line.ts';
import type { Shell } from '../../../src/windows/cmd/run/shell.ts';

export interface CmdRun {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
  readonly errorLevel: number;
}

export interface CmdHost {
  readonly drive: string;
  /** Runs one line as `cmd /c` does. */
  run(line: string): Promise<CmdRun>;
  close(): void;
}

/** A program that prints the one argument it was started with: its command line. */
const echoProgram = `#!${process.execPath}\nconsole.log(process.argv[2]); process.exitCode = Number(/exit=(\\d+)/.exec(process.argv[2])?.[1] ?? 0);\n`;

/** cmd.exe as a program of this drive runs the sources themselves. */
const cmdProgram = (drive: string): string =>
  `#!${process.execPath}\nprocess.chdir(${JSON.stringify(drive)});import(${JSON.stringify(join(import.meta.dirname, '../../../src/windows/cmd/main.ts'))});\n`;

export const openCmd = (): CmdHost => {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-cmd-'));
  const drive = join(folder, 'C');
  const put = (path: string, content: string, mode = 0o644): void => {
    mkdirSync(dirname(join(drive, path)), { recursive: true });
    writeFileSync(join(drive, path), content);
    chmodSync(join(drive, path), mode);
  };
  put('Windows/System32/show.exe', echoProgram, 0o755);
  put('Windows/System32/cmd.exe', cmdProgram(drive), 0o755);
  put('Program Files/My App/run me.exe', echoProgram, 0o755);
  put('Users/analyst/a.txt', 'one\r\n');
  put('Users/analyst/b.txt', 'two\r\n');
  const run = async (line: string): Promise<CmdRun> => {
    const [out, err] = [join(folder, 'stdout'), join(folder, 'stderr')];
    const stdio = { input: openSync('/dev/null', 'r'), output: openSync(out, 'w'), error: openSync(err, 'w') };
    const shell: Shell = {
      environment: new WindowsEnvironment({
        Path: 'C:\\Windows\\System32',
        PATHEXT: '.COM;.EXE;.BAT',
        ComSpec: 'C:\\Windows\\System32\\cmd.exe',
        USERNAME: 'analyst',
        FILE: 'a.txt',
        TOCSIN_STEP: 'x',
      }),
      drive,
      folder: 'C:\\Users\\analyst',
      folderStack: [],
      errorLevel: 0,
      result: 0,
      loops: new Map(),
      commandLine: '',
      line: '',
      delayedExpansion: false,
      batch: null,
      saved: [],
      now: () => new Date(2026, 10, 20, 9, 5, 7, 120),
      random: () => 0.5,
    };
    try {
      await runLine(line, shell, stdio, false);
      const text = (file: string): string => readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
      return { stdout: text(out), stderr: text(err), exitCode: shell.result, errorLevel: shell.errorLevel };
    } finally {
      Object.values(stdio).forEach((descriptor) => closeSync(descriptor));
    }
  };
  return { drive, run, close: () => rmSync(folder, { recursive: true }) };
};
