/** How powershell.exe was asked to run. */
export interface PowerShellOptions {
  readonly run:
    | { readonly kind: 'command'; readonly text: string }
    | { readonly kind: 'file'; readonly path: string; readonly args: readonly string[] }
    /** Commands are read from standard input, as at a prompt. */
    | { readonly kind: 'input' };
  readonly noProfile: boolean;
  readonly nonInteractive: boolean;
  readonly noExit: boolean;
  readonly noLogo: boolean;
  readonly windowStyle: string | null;
  readonly executionPolicy: string | null;
  readonly version: string | null;
}

export type PowerShellCommandLine =
  { readonly ok: true; readonly options: PowerShellOptions } | { readonly ok: false; readonly message: string };

/** Full name and shortest form that is accepted, in the order PowerShell compares them. */
const parameters: readonly (readonly [name: string, shortest: string])[] = [
  ['version', 'v'],
  ['help', 'h'],
  ['noexit', 'noe'],
  ['noprofile', 'nop'],
  ['nologo', 'nol'],
  ['noninteractive', 'noni'],
  ['command', 'c'],
  ['windowstyle', 'w'],
  ['file', 'f'],
  ['outputformat', 'o'],
  ['inputformat', 'i'],
  ['executionpolicy', 'ex'],
  ['encodedcommand', 'e'],
  ['sta', 's'],
  ['mta', 'm'],
  ['configurationname', 'config'],
  ['psconsolefile', 'psc'],
];

const abbreviations: Readonly<Record<string, string>> = {
  ep: 'executionpolicy',
  ec: 'encodedcommand',
  if: 'inputformat',
  of: 'outputformat',
  '?': 'help',
};

const parameterOf = (text: string): string | null => {
  if (!/^[-–—―/]/.test(text)) return null;
  const name = text.slice(1).toLowerCase();
  return (
    abbreviations[name] ??
    parameters.find(([full, shortest]) => full.startsWith(name) && name.startsWith(shortest))?.[0] ??
    null
  );
};

const decode = (base64: string): string | null => {
  if (!/^[A-Za-z0-9+/\s]+={0,2}$/.test(base64)) return null;
  const bytes = Buffer.from(base64, 'base64');
  return bytes.length % 2 === 0 ? bytes.toString('utf16le') : null;
};

const badEncoding = `Cannot process the command because the value specified with -EncodedCommand is not properly encoded. The value must be Base64 encoded.`;

const takesValue = new Set([
  'version',
  'windowstyle',
  'outputformat',
  'inputformat',
  'executionpolicy',
  'configurationname',
  'psconsolefile',
]);

/**
 * Reads powershell.exe's arguments (without the program). The first one that is no parameter begins the command, and everything
 * behind `-Command` belongs to it, joined with single blanks: what quotes did not hold together is not kept apart.
 */
export const readOptions = (args: readonly string[]): PowerShellCommandLine => {
  const values = new Map<string, string>();
  const flags = new Set<string>();
  const finish = (run: PowerShellOptions['run']): PowerShellCommandLine => ({
    ok: true,
    options: {
      run,
      noProfile: flags.has('noprofile'),
      nonInteractive: flags.has('noninteractive'),
      noExit: flags.has('noexit'),
      noLogo: flags.has('nologo'),
      windowStyle: values.get('windowstyle') ?? null,
      executionPolicy: values.get('executionpolicy') ?? null,
      version: values.get('version') ?? null,
    },
  });
  const command = (from: number): PowerShellCommandLine => {
    const rest = args.slice(from);
    return finish(rest[0] === '-' ? { kind: 'input' } : { kind: 'command', text: rest.join(' ') });
  };
  for (let index = 0; index < args.length; index++) {
    const name = parameterOf(args[index] ?? '');
    if (name === null) return command(index);
    const next = args[index + 1];
    if (name === 'command') {
      return next === undefined
        ? {
            ok: false,
            message: 'Cannot process the command because of a missing parameter. A command must follow -Command.',
          }
        : command(index + 1);
    }
    if (name === 'encodedcommand') {
      const text = next === undefined ? null : decode(next);
      return text === null ? { ok: false, message: badEncoding } : finish({ kind: 'command', text });
    }
    if (name === 'file') {
      if (next === undefined) return { ok: false, message: 'The -File parameter requires a file path.' };
      return finish(next === '-' ? { kind: 'input' } : { kind: 'file', path: next, args: args.slice(index + 2) });
    }
    if (!takesValue.has(name)) flags.add(name);
    else if (next === undefined)
      return { ok: false, message: `Cannot process the command because of a missing argument for -${name}.` };
    else values.set(name, args[++index] ?? '');
  }
  return finish({ kind: 'input' });
};
