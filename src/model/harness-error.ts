import { exitCode, type ExitCode } from './exit-code.ts';

interface HarnessErrorOptions {
  /** Stable and greppable, for example `lab/no-engine`. */
  readonly code: string;
  readonly exitCode?: ExitCode;
  /** What the reader should do next. */
  readonly hint?: string;
  readonly cause?: unknown;
}

/** A broken environment: no engine, a host that is not ready, a sensor that died. Carries the exit code it calls for. */
export class HarnessError extends Error {
  readonly code: string;
  readonly exitCode: ExitCode;
  readonly hint: string | undefined;

  constructor(message: string, options: HarnessErrorOptions) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'HarnessError';
    this.code = options.code;
    this.exitCode = options.exitCode ?? exitCode.environment;
    this.hint = options.hint;
  }
}
