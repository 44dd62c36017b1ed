import { NotImplemented } from '../../os/not-implemented.ts';
import { bindArguments, commonParameters, type Argument, type BoundArguments } from '../commands/binding.ts';
import type { Cmdlet, CmdletContext, CmdletFailure } from '../commands/cmdlet.ts';
import type { Command } from '../syntax/ast.ts';
import { toText } from '../values/text.ts';
import { createException, ErrorRecord, TerminatingError } from './error-record.ts';
import type { PipelineLog } from './module-log.ts';
import type { Stage } from './pipeline.ts';
import { emit } from './results.ts';
import type { Frame } from './session.ts';
import { StopUpstream } from './signals.ts';
import { remember } from './statements.ts';

export interface CmdletCall {
  readonly invocationName: string;
  readonly command: Command;
  readonly frame: Frame;
  readonly isLast: boolean;
  readonly log: PipelineLog;
}

const recordOf = (cmdlet: Cmdlet, call: CmdletCall, failure: CmdletFailure): ErrorRecord =>
  new ErrorRecord({
    ...failure,
    activity: cmdlet.name,
    invocationName: call.invocationName,
    place: { script: call.frame.script, extent: call.command.extent },
  });

const bind = (cmdlet: Cmdlet, args: readonly Argument[], call: CmdletCall): BoundArguments => {
  const specs = [...cmdlet.parameters, ...commonParameters];
  const binding = bindArguments(args, specs, false);
  if (!binding.ok) {
    const exception = createException('System.Management.Automation.ParameterBindingException', binding.message);
    const id = `${binding.id},Microsoft.PowerShell.Commands.${cmdlet.name.replace('-', '')}Command`;
    throw new TerminatingError(recordOf(cmdlet, call, { exception, category: 'InvalidArgument', target: null, id }));
  }
  for (const { name, unsupported } of specs) {
    if (unsupported === true && binding.bound.named.has(name.toLowerCase()))
      throw new NotImplemented(`${cmdlet.name} -${name}`);
  }
  return binding.bound;
};

/** `-ErrorAction`, else `$ErrorActionPreference`; lower case. */
const errorAction = ({ named }: BoundArguments, { scope }: Frame): string =>
  toText(named.get('erroraction') ?? scope.get('ErrorActionPreference') ?? 'Continue').toLowerCase();

const report = async (record: ErrorRecord, bound: BoundArguments, { frame }: CmdletCall): Promise<void> => {
  const variable = bound.named.get('errorvariable');
  if (variable !== undefined) frame.scope.set(toText(variable), [record]);
  switch (errorAction(bound, frame)) {
    case 'stop':
      throw new TerminatingError(record, true);
    case 'ignore':
      frame.session.succeeded = false;
      return;
    case 'silentlycontinue':
      remember(record, frame);
      frame.session.succeeded = false;
      return;
    case 'inquire':
      throw new NotImplemented('-ErrorAction Inquire');
    default:
      remember(record, frame);
      await frame.streams.error(record);
  }
};

/** A cmdlet as a stage of a pipeline. */
export const startCmdlet = (cmdlet: Cmdlet, args: readonly Argument[], call: CmdletCall): Stage => {
  const bound = bind(cmdlet, args, call);
  const named = [...cmdlet.parameters, ...commonParameters].flatMap(({ name }) => {
    const value = bound.named.get(name.toLowerCase());
    return value === undefined ? [] : [[name, value] as const];
  });
  call.log.invoked(cmdlet.name, named, call.frame.script.path);
  const context: CmdletContext = {
    frame: call.frame,
    name: `${cmdlet.name.replace('-', '')}Command`,
    argument: (name) => bound.named.get(name.toLowerCase()),
    has: (name) => bound.named.has(name.toLowerCase()),
    rest: bound.rest,
    output: (value) => emit(value, call.frame.streams.output),
    writeError: (failure) => {
      const record = recordOf(cmdlet, call, failure);
      call.log.failed(cmdlet.name, record.message, false);
      return report(record, bound, call);
    },
    terminate: (failure) => {
      const record = recordOf(cmdlet, call, failure);
      call.log.failed(cmdlet.name, record.message, true);
      throw new TerminatingError(record, errorAction(bound, call.frame) === 'stop');
    },
    stop: () => {
      throw new StopUpstream(stage);
    },
    isLast: call.isLast,
  };
  const running = cmdlet.start(context);
  const stage: Stage = {
    begin: () => running.begin?.() ?? Promise.resolve(),
    process: (input) => running.process?.(input) ?? Promise.resolve(),
    end: () => running.end?.() ?? Promise.resolve(),
  };
  return stage;
};
