import { resolve } from 'node:path';
import { runBatch } from '../../api/batch/run-batch.ts';
import { textLines } from '../../api/data/text-lines.ts';
import { textParts } from '../../api/data/text-parts.ts';
import { nowOf } from '../../api/open-engine.ts';
import { exitCode, type ExitCode } from '../../model/exit-code.ts';
import { HarnessError } from '../../model/harness-error.ts';
import type { Output } from '../../report/terminal/screen.ts';
import type { CommandContext } from '../context.ts';
import { environmentSource } from '../environment-option.ts';
import type { QueryFlags } from './options.ts';
import { resolveSchemas } from './resolve-schemas.ts';

/** Seconds that one query of a batch may take when nothing else is said. */
const defaultTimeLimit = 10;

/** Answers a batch, line by line. That a line failed is said in its answer: the batch itself has done what it should. */
export const answerBatch = async (batch: string, flags: QueryFlags, context: CommandContext): Promise<ExitCode> => {
  const { cwd, stdin, stdout, signal } = context;
  const parts = batch !== '-' ? readable(batch, resolve(cwd, batch)) : (stdin?.() ?? noParts());
  const settings = {
    schemas: resolveSchemas(flags.schema, cwd),
    ...environmentSource(flags, cwd),
    now: nowOf(flags.now ?? new Date()),
    timeLimit: (flags.timeLimit ?? defaultTimeLimit) * 1000,
    signal,
  };
  for await (const answer of runBatch(linesOf(parts), settings)) await write(stdout, `${answer}\n`);
  return exitCode.ok;
};

async function* noParts(): AsyncGenerator<string> {
  // Nothing was piped in.
}

async function* linesOf(parts: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const lines of textLines(parts)) yield* lines;
}

async function* readable(name: string, file: string): AsyncGenerator<string> {
  try {
    yield* textParts(file);
  } catch (cause) {
    throw new HarnessError(`${name} cannot be read`, { code: 'batch/unreadable', exitCode: exitCode.usage, cause });
  }
}

/** Waits where the reader is slower than we are. */
const write = async (output: Output, text: string): Promise<void> => {
  if (output.write(text) === false && output.once !== undefined) {
    await new Promise<void>((resolve) => output.once?.('drain', resolve));
  }
};
