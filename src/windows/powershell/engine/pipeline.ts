import type { Command, CommandExpression, Pipeline, PipelineElement } from '../syntax/ast.ts';
import { createStage } from './commands.ts';
import { evaluate } from './evaluate.ts';
import { openPipelineLog, type PipelineLog } from './module-log.ts';
import { redirect } from './redirections.ts';
import { emit, noResult } from './results.ts';
import type { Frame } from './session.ts';
import { StopUpstream, type Sink } from './signals.ts';
import type { Value } from '../values/value.ts';

/** One command of a running pipeline. `process` gets each object; a first command gets `undefined` once. */
export interface Stage {
  begin(): Promise<void>;
  process(input: Value | undefined): Promise<void>;
  end(): Promise<void>;
}

interface Running {
  readonly stage: Stage;
  readonly finish: () => Promise<void> | void;
}

/** Builds the stages from the last to the first, each writing into the one behind it. */
const connectStages = async (
  commands: readonly Command[],
  frame: Frame,
  first: boolean,
  log: PipelineLog,
): Promise<Running[]> => {
  const running: Running[] = [];
  for (const [back, command] of [...commands].reverse().entries()) {
    const next = running[0];
    const output: Sink = next === undefined ? frame.streams.output : (value) => next.stage.process(value);
    const isLast = next === undefined;
    const redirected = await redirect(command.redirections, { ...frame, streams: { ...frame.streams, output } });
    const isFirst = first && back === commands.length - 1;
    const stage = await createStage(command, redirected.frame, { isFirst, isLast, log, caller: frame });
    running.unshift({ stage, finish: redirected.finish });
  }
  return running;
};

const feed = async (element: PipelineElement, stages: readonly Running[], frame: Frame): Promise<void> => {
  const head = stages[0];
  if (element.kind === 'command') return head?.stage.process(undefined);
  const value = await evaluate(element.expression, frame);
  if (value !== noResult) await emit(value, (item) => head?.stage.process(item));
};

const runStages = async (element: PipelineElement, running: readonly Running[], frame: Frame): Promise<void> => {
  const stages = running.map(({ stage }) => stage);
  try {
    for (const stage of stages) await stage.begin();
    let live = stages;
    try {
      await feed(element, running, frame);
    } catch (signal) {
      if (!(signal instanceof StopUpstream) || !stages.includes(signal.stage as Stage)) throw signal;
      live = stages.slice(stages.indexOf(signal.stage as Stage));
    }
    for (const stage of live) {
      try {
        await stage.end();
      } catch (signal) {
        if (!(signal instanceof StopUpstream) || !stages.includes(signal.stage as Stage)) throw signal;
      }
    }
  } finally {
    for (const { finish } of running) await finish();
  }
};

const runExpression = async (element: CommandExpression, frame: Frame): Promise<void> => {
  const redirected = await redirect(element.redirections, frame);
  try {
    const { expression } = element;
    const value = await evaluate(expression, redirected.frame);
    // A step is a statement without a result.
    const silent = expression.kind === 'unary' && /\+\+|--/.test(expression.operator);
    if (!silent && value !== noResult) await emit(value, redirected.frame.streams.output);
  } finally {
    await redirected.finish();
  }
};

/** Runs a pipeline; `$?` tells afterwards whether any command of it reported an error. */
export const runPipeline = async ({ elements }: Pipeline, frame: Frame): Promise<void> => {
  const { session } = frame;
  const [first, ...rest] = elements;
  if (first.kind === 'command-expression' && rest.length === 0) {
    await runExpression(first, frame);
    session.succeeded = true;
    return;
  }
  const commands = [first, ...rest].filter((element) => element.kind === 'command');
  let failed = false;
  const watched = {
    ...frame,
    streams: {
      ...frame.streams,
      error: (record: Parameters<typeof frame.streams.error>[0]): Promise<void> | void => {
        failed = true;
        return frame.streams.error(record);
      },
    },
  };
  session.succeeded = true;
  const log = openPipelineLog(session);
  try {
    await runStages(first, await connectStages(commands, watched, first.kind === 'command', log), watched);
  } finally {
    await log.write();
  }
  if (failed) session.succeeded = false;
};
