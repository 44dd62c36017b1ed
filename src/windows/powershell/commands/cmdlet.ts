import type { ErrorRecord, ErrorRecordFields } from '../engine/error-record.ts';
import type { Stage } from '../engine/pipeline.ts';
import type { Frame } from '../engine/session.ts';
import type { Value } from '../values/value.ts';
import type { Argument, ParameterSpec } from './binding.ts';

/** A failure as a cmdlet tells it; the engine adds command and place. */
export type CmdletFailure = Pick<ErrorRecordFields, 'exception' | 'category' | 'target' | 'id' | 'details'>;

/** What a running cmdlet has at hand. */
export interface CmdletContext {
  readonly frame: Frame;
  /** .NET's name of its class, which error ids end with: `GetContentCommand`. */
  readonly name: string;
  /** By parameter name, any case; undefined when it was not given. */
  argument(name: string): Value | undefined;
  has(name: string): boolean;
  readonly rest: readonly Value[];
  output(value: Value): Promise<void> | void;
  /** Reports a failure and goes on, as `-ErrorAction` says. */
  writeError(failure: CmdletFailure): Promise<void>;
  /** Ends the statement. */
  terminate(failure: CmdletFailure): never;
  /** Wants no more input: ends the stages before this one. */
  stop(): never;
  /** Is its output shown, with nothing in between? */
  readonly isLast: boolean;
}

export interface Cmdlet {
  readonly name: string;
  readonly parameters: readonly ParameterSpec[];
  /** Builds a running cmdlet. Most need `process` only. */
  start(context: CmdletContext): Partial<Stage>;
}

export interface CmdletTable {
  find(name: string): Cmdlet | undefined;
  /** The name behind an alias. */
  alias(name: string): string | undefined;
  /** Drives besides C that item cmdlets know, lower case. */
  readonly drives: readonly string[];
}

export type { Argument, ErrorRecord };
