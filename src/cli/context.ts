import type { Output, Screen } from '../report/terminal/screen.ts';
import type { ExitCode } from '../model/exit-code.ts';
import type { Keyboard } from './keyboard.ts';

/** What the command line is given from outside: nothing in it looks at `process`. */
export interface CommandLineInput {
  /** The project: atomics, detections, scenarios. */
  readonly root: string;
  readonly cwd: string;
  /** Standard input, in parts; nothing when absent. */
  readonly stdin?: () => AsyncIterable<string>;
  /** The terminal that a person sits at; absent when standard input or output is none. */
  readonly keyboard?: Keyboard | undefined;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

/** What a command gets. It answers with an exit code. */
export interface CommandContext extends CommandLineInput {
  readonly screen: Screen;
}

export type CommandResult = Promise<ExitCode>;
