import type { WindowsEnvironment } from '../../os/environment.ts';
import type { Stdio } from '../../os/stdio.ts';

/** One running cmd.exe. */
export interface Shell {
  environment: WindowsEnvironment;
  /** The host's folder that holds drive C. */
  readonly drive: string;
  /** Current folder, Windows form. */
  folder: string;
  readonly folderStack: string[];
  /** `%ERRORLEVEL%`. */
  errorLevel: number;
  /**
   * What the last command returned: the exit code of `cmd /c`. It is not the error level: an unknown command leaves 9009 there
   * and returns 1, and `echo` returns 0 and leaves the level alone.
   */
  result: number;
  /** Values of `for` variables, by letter. */
  readonly loops: Map<string, string>;
  readonly commandLine: string;
  /** `!NAME!` is replaced when a command runs: `cmd /v:on`, or `setlocal enabledelayedexpansion` in a batch file. */
  delayedExpansion: boolean;
  /** The batch file that runs, or null at the command line. */
  batch: { readonly lines: readonly string[]; readonly args: readonly string[]; readonly path: string } | null;
  /** Environments that `setlocal` kept. */
  readonly saved: WindowsEnvironment[];
  /** The text that runs, after `%` expansion: what extents of its nodes point into. */
  line: string;
  readonly now: () => Date;
  readonly random: () => number;
}

/** `exit`. */
export class ExitShell extends Error {
  readonly code: number;

  constructor(code: number) {
    super('exit');
    this.code = code;
  }
}

/** `goto`. */
export class Goto extends Error {
  readonly label: string;

  constructor(label: string) {
    super('goto');
    this.label = label;
  }
}

/** The end of a batch file before its last line: `exit /b`, or a line that cannot be read. */
export class EndBatch extends Error {
  readonly code: number | null;

  constructor(code: number | null = null) {
    super('end of batch');
    this.code = code;
  }
}

/** A command that the shell itself carries out. Gives the new error level, or null to leave it as it is. */
export type Internal = (
  tail: string,
  shell: Shell,
  stdio: Stdio,
  name: string,
) => Promise<number | null> | number | null;
