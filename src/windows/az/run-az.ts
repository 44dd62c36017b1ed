import { NotImplemented } from '../os/not-implemented.ts';
import { parseArguments } from './arguments.ts';
import type { AzHost } from './az.ts';
import { AzError } from './az-error.ts';
import { commands, globalOptions } from './commands.ts';

/** Runs one command of the Azure CLI. Gives its exit code; throws `NotImplemented` at what the real one has and this one lacks. */
export const runAz = async (args: readonly string[], host: AzHost): Promise<number> => {
  const parsed = parseArguments(args);
  const command = commands.get(parsed.words.join(' '));
  if (command === undefined) throw new NotImplemented(`az ${args.join(' ')}`);
  const unknown = parsed.unknown([...command.options, ...globalOptions]);
  if (unknown.length > 0) throw new NotImplemented(`az ${parsed.words.join(' ')} with ${unknown.join(', ')}`);
  const output = parsed.value('--output', '-o') ?? 'json';
  if (!['json', 'jsonc', 'none'].includes(output)) throw new NotImplemented(`az with --output ${output}`);
  try {
    const result = await command.run(parsed, host);
    if (result !== undefined && output !== 'none')
      host.out(`${JSON.stringify(result, null, 2).replaceAll('\n', '\r\n')}\r\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof AzError)) throw error;
    host.error(`ERROR: ${error.message}\r\n`);
    return error.exitCode;
  }
};
