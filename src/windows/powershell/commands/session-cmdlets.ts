import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { NotImplemented } from '../../os/not-implemented.ts';
import { ask } from '../../os/ask.ts';
import { createException, RuntimeFailure } from '../engine/error-record.ts';
import { createInvocation } from '../engine/invoke.ts';
import { secureString } from '../objects/secure-string.ts';
import { parsePowerShell } from '../syntax/parse.ts';
import { asList } from '../values/convert.ts';
import { toText } from '../values/text.ts';
import { customObject, PsObject, ScriptBlockValue, type Value } from '../values/value.ts';
import type { Cmdlet, CmdletContext } from './cmdlet.ts';
import { resolveFile, withFile } from './files.ts';

/** Modules whose commands are this persona's own, where it has them. */
const builtIn = /^(Microsoft\.PowerShell\.\w+|CimCmdlets|PSReadLine|NetTCPIP|DnsClient|PowerShellGet)$/i;

const noModule = (name: string, context: CmdletContext): Promise<void> =>
  context.writeError({
    exception: createException(
      'System.IO.FileNotFoundException',
      `The specified module '${name}' was not loaded because no valid module file was found in any module directory.`,
    ),
    category: 'ResourceUnavailable',
    target: { text: name, type: 'String' },
    id: 'Modules_ModuleNotFound,Microsoft.PowerShell.Commands.ImportModuleCommand',
  });

/** A module of one script: its functions are the session's then. A manifest says too much to be read in part. */
const importModule: Cmdlet = {
  name: 'Import-Module',
  parameters: [
    { name: 'Name', position: 0 },
    { name: 'Force', isSwitch: true },
    { name: 'DisableNameChecking', isSwitch: true },
    { name: 'Global', isSwitch: true },
    { name: 'SkipEditionCheck', isSwitch: true },
    ...['ArgumentList', 'Prefix', 'Function', 'RequiredVersion', 'MinimumVersion'].map((name) => ({
      name,
      unsupported: true,
    })),
  ],
  start: (context) => ({
    process: async (input) => {
      for (const name of asList(input ?? context.argument('Name') ?? null).map(toText)) {
        if (builtIn.test(name)) continue;
        if (!/[\\/]|\.ps[dm]?1$/i.test(name)) {
          await noModule(name, context);
          continue;
        }
        const file = resolveFile(name, context);
        let text: string;
        try {
          text = readFileSync(file.host, 'utf8').replace(/^\uFEFF/, '');
        } catch {
          await noModule(name, context);
          continue;
        }
        if (/\.psd1$/i.test(name)) throw new NotImplemented('module manifests');
        const parsed = parsePowerShell(text, file.windows);
        if (!parsed.ok) {
          const [diagnostic] = parsed.diagnostics;
          throw new RuntimeFailure((diagnostic?.code ?? '').replace('powershell/', ''), diagnostic?.message ?? '', {
            category: 'ParserError',
            type: 'System.Management.Automation.ParseException',
          });
        }
        const block = new ScriptBlockValue(parsed.value, { text, path: file.windows });
        const frame = { ...context.frame, scope: context.frame.scope.global };
        const invocation = createInvocation(block, { named: new Map(), rest: [] }, frame, 'caller');
        await invocation.begin();
        await invocation.process(undefined);
        await invocation.end();
      }
    },
  }),
};

const addType: Cmdlet = {
  name: 'Add-Type',
  parameters: [
    { name: 'AssemblyName', aliases: ['AN'] },
    { name: 'PassThru', isSwitch: true },
    ...[
      'TypeDefinition',
      'MemberDefinition',
      'Path',
      'LiteralPath',
      'Name',
      'Namespace',
      'Language',
      'ReferencedAssemblies',
      'OutputAssembly',
      'OutputType',
      'UsingNamespace',
      'CompilerParameters',
    ].map((name, index) => ({ name, unsupported: true, ...(index === 0 ? { position: 0 } : {}) })),
  ],
  // An assembly of .NET itself: its types are looked up when they are used, and what is missing says so then.
  start: () => ({}),
};

const policyKey = 'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\PowerShell\\1\\ShellIds\\Microsoft.PowerShell';
const userPolicyKey = policyKey.replace('HKEY_LOCAL_MACHINE\\SOFTWARE', 'HKEY_CURRENT_USER\\Software');

const setExecutionPolicy: Cmdlet = {
  name: 'Set-ExecutionPolicy',
  parameters: [
    { name: 'ExecutionPolicy', position: 0 },
    { name: 'Scope', position: 1 },
    { name: 'Force', isSwitch: true },
    { name: 'Confirm', isSwitch: true },
  ],
  start: (context) => ({
    process: async () => {
      const scope = toText(context.argument('Scope') ?? 'LocalMachine').toLowerCase();
      const policy = toText(context.argument('ExecutionPolicy') ?? null);
      if (scope === 'process') {
        context.frame.session.machine.environment.set('PSExecutionPolicyPreference', policy);
        return;
      }
      const registry = context.frame.session.machine.registry();
      const key = registry.locate(scope === 'currentuser' ? userPolicyKey : policyKey);
      if (key !== null) await registry.setValue(key, 'ExecutionPolicy', { type: 'REG_SZ', data: policy });
    },
  }),
};

const getExecutionPolicy: Cmdlet = {
  name: 'Get-ExecutionPolicy',
  parameters: [
    { name: 'Scope', position: 0, unsupported: true },
    { name: 'List', isSwitch: true, unsupported: true },
  ],
  start: (context) => ({
    process: async () => {
      const { machine } = context.frame.session;
      const inRegistry = [userPolicyKey, policyKey].map((path) => {
        const key = machine.registry().locate(path);
        const value = key === null ? undefined : machine.registry().find(key)?.values.get('executionpolicy')?.value;
        return value?.type === 'REG_SZ' ? value.data : undefined;
      });
      const process = machine.environment.get('PSExecutionPolicyPreference');
      await context.output(process ?? inRegistry.find((policy) => policy !== undefined) ?? 'Restricted');
    },
  }),
};

const convertToSecureString: Cmdlet = {
  name: 'ConvertTo-SecureString',
  parameters: [
    { name: 'String', position: 0 },
    { name: 'AsPlainText', isSwitch: true },
    { name: 'Force', isSwitch: true },
    ...['Key', 'SecureKey'].map((name) => ({ name, unsupported: true })),
  ],
  start: (context) => ({
    process: async (input) => {
      if (!context.has('AsPlainText')) throw new NotImplemented('ConvertTo-SecureString of encrypted text');
      await context.output(secureString(toText(input ?? context.argument('String') ?? null)));
    },
  }),
};

const newPSDrive: Cmdlet = {
  name: 'New-PSDrive',
  parameters: [
    { name: 'Name', position: 0 },
    { name: 'PSProvider', position: 1 },
    { name: 'Root', position: 2 },
    { name: 'Scope' },
    { name: 'Description' },
    { name: 'Persist', isSwitch: true, unsupported: true },
    { name: 'Credential', unsupported: true },
  ],
  start: (context) => ({
    process: async () => {
      const provider = toText(context.argument('PSProvider') ?? null);
      if (provider.toLowerCase() !== 'registry') throw new NotImplemented(`New-PSDrive of ${provider}`);
      const name = toText(context.argument('Name') ?? null);
      const root = toText(context.argument('Root') ?? null);
      context.frame.session.drives.set(name.toLowerCase(), root);
      await context.output(
        customObject([
          ['Name', name],
          ['Provider', provider],
          ['Root', root],
        ]),
      );
    },
  }),
};

const readHost: Cmdlet = {
  name: 'Read-Host',
  parameters: [
    { name: 'Prompt', position: 0, takesRest: true },
    { name: 'AsSecureString', isSwitch: true },
  ],
  start: (context) => ({
    process: async () => {
      const prompt = context.argument('Prompt');
      context.frame.session.host.flush();
      const line = ask(prompt === undefined ? '' : `${toText(prompt)}: `) ?? '';
      await context.output(context.has('AsSecureString') ? secureString(line) : line);
    },
  }),
};

const teeObject: Cmdlet = {
  name: 'Tee-Object',
  parameters: [{ name: 'FilePath', position: 0, unsupported: true }, { name: 'Variable' }, { name: 'InputObject' }],
  start: (context) => {
    const values: Value[] = [];
    return {
      process: async (input) => {
        if (input === undefined) return;
        values.push(input);
        await context.output(input);
      },
      end: () => {
        context.frame.scope.set(toText(context.argument('Variable') ?? null), values);
        return Promise.resolve();
      },
    };
  },
};

const clearContent: Cmdlet = {
  name: 'Clear-Content',
  parameters: [
    { name: 'Path', position: 0 },
    { name: 'LiteralPath', aliases: ['PSPath'] },
    { name: 'Force', isSwitch: true },
  ],
  start: (context) => ({
    process: async (input) => {
      const given = input instanceof PsObject ? input.get('FullName') : input;
      const file = resolveFile(
        toText(given ?? context.argument('LiteralPath') ?? context.argument('Path') ?? null),
        context,
      );
      if (!existsSync(file.host)) {
        return context.writeError({
          exception: createException(
            'System.Management.Automation.ItemNotFoundException',
            `Cannot find path '${file.windows}' because it does not exist.`,
          ),
          category: 'ObjectNotFound',
          target: { text: file.windows, type: 'String' },
          id: 'PathNotFound,Microsoft.PowerShell.Commands.ClearContentCommand',
        });
      }
      withFile(context, file, () => writeFileSync(file.host, ''));
    },
  }),
};

export const sessionCmdlets: readonly Cmdlet[] = [
  importModule,
  addType,
  setExecutionPolicy,
  getExecutionPolicy,
  convertToSecureString,
  newPSDrive,
  readHost,
  teeObject,
  clearContent,
];
