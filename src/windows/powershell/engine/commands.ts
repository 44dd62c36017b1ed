import { readFileSync } from 'node:fs';
import type { WindowsPath } from '../../os/windows-path.ts';
import { parsePowerShell } from '../syntax/parse.ts';
import { isWindowsProgram } from '../../os/windows-programs.ts';
import { NotImplemented } from '../../os/not-implemented.ts';
import {
  bindArguments,
  commonParameters,
  type Argument,
  type BoundArguments,
  type ParameterSpec,
} from '../commands/binding.ts';
import type { Command } from '../syntax/ast.ts';
import { toText } from '../values/text.ts';
import { ScriptBlockValue, type Value } from '../values/value.ts';
import { readArguments } from './arguments.ts';
import { startCmdlet } from './cmdlets.ts';
import { createException, ErrorRecord, RuntimeFailure, TerminatingError } from './error-record.ts';
import { evaluate } from './evaluate.ts';
import { createInvocation } from './invoke.ts';
import { createNativeStage, findNative } from './native.ts';
import { isKnownCommand } from './known-commands.ts';
import type { PipelineLog } from './module-log.ts';
import type { Stage } from './pipeline.ts';
import type { Frame } from './session.ts';

export interface StagePosition {
  readonly isFirst: boolean;
  readonly isLast: boolean;
  /** What event 4103 will show of the pipeline. */
  readonly log: PipelineLog;
  /** The frame before the command's own redirections. */
  readonly caller: Frame;
}

const notFound = (name: string, command: Command, frame: Frame): TerminatingError =>
  new TerminatingError(
    new ErrorRecord({
      exception: createException(
        'System.Management.Automation.CommandNotFoundException',
        `The term '${name}' is not recognized as the name of a cmdlet, function, script file, or operable program. Check the spelling of the name, or if a path was included, verify that the path is correct and try again.`,
        [['CommandName', name]],
      ),
      category: 'ObjectNotFound',
      target: { text: name, type: 'String' },
      activity: '',
      id: 'CommandNotFoundException',
      invocationName: name,
      place: { script: frame.script, extent: command.name.extent },
    }),
  );

const specsOf = (block: ScriptBlockValue): ParameterSpec[] =>
  (block.ast.parameters ?? []).map(({ name, type }, index) =>
    type?.toLowerCase() === 'switch' ? { name, isSwitch: true } : { name, position: index },
  );

const bindScript = (
  block: ScriptBlockValue,
  args: readonly Argument[],
  name: string,
  command: Command,
  frame: Frame,
): BoundArguments => {
  const advanced = block.ast.attributes.some((attribute) => attribute.name.toLowerCase() === 'cmdletbinding');
  const specs = [...specsOf(block), ...(advanced ? commonParameters : [])];
  const binding = bindArguments(args, specs, !advanced);
  if (binding.ok) return binding.bound;
  throw new TerminatingError(
    new ErrorRecord({
      exception: createException('System.Management.Automation.ParameterBindingException', binding.message),
      category: 'InvalidArgument',
      target: null,
      activity: name,
      id: `${binding.id},${name}`,
      invocationName: name,
      place: { script: frame.script, extent: command.extent },
    }),
  );
};

const scriptStage = (
  block: ScriptBlockValue,
  args: readonly Argument[],
  name: string,
  command: Command,
  frame: Frame,
): Stage =>
  createInvocation(
    block,
    bindScript(block, args, name, command, frame),
    frame,
    command.invocation === '.' ? 'caller' : 'new',
  );

/** Finds what a name means: alias, function, cmdlet, program, in this order; `get-` may be left out. */
const stageByName = (
  name: string,
  args: readonly Argument[],
  command: Command,
  frame: Frame,
  position: StagePosition,
): Stage => {
  const { cmdlets } = frame.session;
  const target = cmdlets.alias(name) ?? name;
  const block = frame.scope.function(target);
  if (block !== undefined) return scriptStage(block, args, target, command, frame);
  const cmdlet = cmdlets.find(target) ?? cmdlets.find(target.replace(/^Microsoft\.PowerShell\.\w+\\/i, ''));
  if (cmdlet !== undefined)
    return startCmdlet(cmdlet, args, {
      invocationName: name,
      command,
      frame,
      isLast: position.isLast,
      log: position.log,
    });
  const program = findNative(target, frame);
  if (program !== null && /\.ps1$/i.test(program.windows))
    return scriptStage(readScript(program), args, name, command, frame);
  if (program !== null) return createNativeStage(program, args, frame, position);
  const implied = /[-\\/.:]/.test(target) ? undefined : cmdlets.find(`Get-${target}`);
  if (implied !== undefined)
    return startCmdlet(implied, args, {
      invocationName: name,
      command,
      frame,
      isLast: position.isLast,
      log: position.log,
    });
  if (cmdlets.alias(name) !== undefined || isKnownCommand(target)) throw new NotImplemented(`the command ${target}`);
  if (isWindowsProgram(target)) throw new NotImplemented(`the program ${target}`);
  throw notFound(name, command, frame);
};

/** A script file: what cannot be read as PowerShell fails as a statement of the caller. */
const readScript = (file: WindowsPath): ScriptBlockValue => {
  const text = readFileSync(file.host, 'utf8').replace(/^\uFEFF/, '');
  const parsed = parsePowerShell(text, file.windows);
  if (parsed.ok) return new ScriptBlockValue(parsed.value, { text, path: file.windows });
  const [diagnostic] = parsed.diagnostics;
  throw new RuntimeFailure((diagnostic?.code ?? '').replace('powershell/', ''), diagnostic?.message ?? '', {
    category: 'ParserError',
    type: 'System.Management.Automation.ParseException',
  });
};

export const createStage = async (command: Command, frame: Frame, position: StagePosition): Promise<Stage> => {
  const name: Value = await evaluate(command.name, frame);
  const args = await readArguments(command.arguments, frame);
  if (name instanceof ScriptBlockValue) return scriptStage(name, args, '', command, frame);
  return stageByName(toText(name), args, command, frame, position);
};
