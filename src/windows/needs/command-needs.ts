import { commonParameters, findParameter } from '../powershell/commands/binding.ts';
import { createCmdletTable } from '../powershell/commands/table.ts';
import { isKnownCommand } from '../powershell/engine/known-commands.ts';
import { isConstructible } from '../powershell/objects/constructors.ts';
import type { Command, CommandArgument } from '../powershell/syntax/ast.ts';
import { fullTypeName } from '../powershell/values/type-of.ts';
import type { Cmdlet } from '../powershell/commands/cmdlet.ts';
import type { Need } from './need.ts';
import { powerShellNeeds } from './powershell-needs.ts';
import { programNeeds } from './program-needs.ts';
import { scriptNodes } from './script-nodes.ts';
import { isWindowsProgram } from '../os/windows-programs.ts';

const cmdlets = createCmdletTable();

const constant = (argument: CommandArgument | undefined): string | null =>
  argument?.kind === 'value' && argument.value.kind === 'string' ? argument.value.value : null;

/** The constant that a parameter gets by name, or the first one without a name. */
const argumentOf = ({ arguments: args }: Command, name: string, alone: boolean): string | null => {
  const at = args.findIndex((arg) => arg.kind === 'parameter' && name.startsWith(arg.name.toLowerCase()));
  return at < 0 ? (alone ? constant(args[0]) : null) : constant(args[at + 1]);
};

const parameterNeeds = (cmdlet: Cmdlet, { arguments: args }: Command): Need[] =>
  args.flatMap((arg): Need[] => {
    if (arg.kind !== 'parameter') return [];
    const spec = findParameter(arg.name, [...cmdlet.parameters, ...commonParameters]);
    const works = 'length' in spec ? spec.length > 1 : spec.unsupported !== true;
    const name = 'length' in spec ? arg.name : spec.name;
    return works ? [] : [{ kind: 'parameter', name: `${cmdlet.name} -${name}` }];
  });

const newObjectNeeds = (command: Command): Need[] => {
  const com = argumentOf(command, 'comobject', false);
  if (com !== null) return [{ kind: 'com', name: com }];
  const type = argumentOf(command, 'typename', true);
  return type === null || isConstructible(fullTypeName(type)) ? [] : [{ kind: 'type', name: fullTypeName(type) }];
};

const fetches = /\b(iwr|irm|curl|wget|invoke-(webrequest|restmethod)|downloadstring|downloaddata)\b/i;

/** Text that is run is a script of its own; text that comes from the internet is not here. */
const expressionNeeds = (command: Command, text: string): Need[] => {
  const script = argumentOf(command, 'command', true);
  if (script !== null) return powerShellNeeds(script);
  const written = text.slice(command.extent.start, command.extent.end);
  return fetches.test(written) ? [{ kind: 'download', name: 'a script from the internet' }] : [];
};

const registryPath = /^(hk(lm|cu|cr|u)|registry|cert|wsman):/i;

const driveNeeds = (command: Command): Need[] =>
  [...scriptNodes(command.arguments)].flatMap((node): Need[] => {
    const drive = node.kind === 'string' ? registryPath.exec(node.value)?.[1]?.toLowerCase() : undefined;
    return drive === undefined || cmdlets.drives.includes(drive) ? [] : [{ kind: 'drive', name: `${drive}:` }];
  });

const nativeNeeds = (name: string, command: Command, text: string): Need[] => {
  const words = command.arguments.map((arg) =>
    arg.kind === 'value' && arg.value.kind === 'string'
      ? arg.value.bare
        ? arg.value.value
        : `"${arg.value.value}"`
      : text.slice(arg.extent.start, arg.extent.end),
  );
  const [only] = command.arguments;
  const block = only?.kind === 'value' && only.value.kind === 'script-block-expression' ? only.value.block : null;
  if (block !== null) return [];
  return programNeeds(name, [name, ...words].join(' '));
};

/** What one command of a script needs: `text` is the script's. */
export const commandNeeds = (command: Command, text: string, functions: ReadonlySet<string>): Need[] => {
  const name = command.name.kind === 'string' ? command.name.value : null;
  if (name === null) return [];
  const target = (cmdlets.alias(name) ?? name).replace(/^Microsoft\.PowerShell\.\w+\\/i, '');
  if (functions.has(target.toLowerCase())) return [];
  const cmdlet = cmdlets.find(target);
  if (cmdlet !== undefined) {
    const own = [...parameterNeeds(cmdlet, command), ...driveNeeds(command)];
    if (cmdlet.name === 'New-Object') return [...own, ...newObjectNeeds(command)];
    return cmdlet.name === 'Invoke-Expression' ? [...own, ...expressionNeeds(command, text)] : own;
  }
  if (cmdlets.alias(name) !== undefined || isKnownCommand(target)) return [{ kind: 'cmdlet', name: target }];
  if (/\.ps1$/i.test(target)) return [{ kind: 'file', name: target.replace(/^.*[\\/]/, '') }];
  // A function of a script that the test downloads, or of a module that Windows does not bring.
  if (/^[a-z]+-[a-z]\w*$/i.test(target) && !isWindowsProgram(target)) return [{ kind: 'module', name: target }];
  return nativeNeeds(target, command, text);
};
