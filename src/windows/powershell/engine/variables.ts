import { NotImplemented } from '../../os/not-implemented.ts';
import type { Variable } from '../syntax/expression-ast.ts';
import { Dictionary, PsObject, type Value } from '../values/value.ts';
import { toText } from '../values/text.ts';
import type { Frame, Session } from './session.ts';
import { RuntimeFailure } from './error-record.ts';

const powerShellHome = 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0';
export const powerShellVersion = '5.1.19041.4522';

const version = (text: string): PsObject => {
  const [major = 0, minor = 0, build = 0, revision = 0] = text.split('.').map(Number);
  const parts: [string, Value][] = [
    ['Major', major],
    ['Minor', minor],
    ['Build', build],
    ['Revision', revision],
  ];
  return new PsObject(['System.Version'], parts, { text });
};

const versionTable = (): Dictionary =>
  new Dictionary(false, [
    ['PSVersion', version(powerShellVersion)],
    ['PSEdition', 'Desktop'],
    ['PSCompatibleVersions', ['1.0', '2.0', '3.0', '4.0', '5.0', powerShellVersion].map(version)],
    ['BuildVersion', version('10.0.19041.4522')],
    ['CLRVersion', version('4.0.30319.42000')],
    ['WSManStackVersion', version('3.0')],
    ['PSRemotingProtocolVersion', version('2.3')],
    ['SerializationVersion', version('1.1.0.1')],
  ]);

/** Variables whose value the engine computes; scripts cannot set them. */
const computed: Readonly<Record<string, (session: Session) => Value>> = {
  true: () => true,
  false: () => false,
  null: () => null,
  '?': (session) => session.succeeded,
  pid: () => process.pid,
  error: (session) => session.errors,
  lastexitcode: (session) => session.lastExitCode,
  home: (session) => session.machine.environment.get('USERPROFILE') ?? null,
  pwd: (session) =>
    new PsObject(['System.Management.Automation.PathInfo'], [['Path', session.location]], { text: session.location }),
  pshome: () => powerShellHome,
  psversiontable: versionTable,
  psculture: () => 'en-US',
  psuiculture: () => 'en-US',
  shellid: () => 'Microsoft.PowerShell',
};

const unsupported = new Set(['host', 'executioncontext', 'myinvocation', 'psboundparameters', 'profile', 'pscmdlet']);

export const readVariable = (variable: Pick<Variable, 'name' | 'qualifier'>, frame: Frame): Value => {
  const { name, qualifier } = variable;
  switch (qualifier) {
    case 'env':
      return frame.session.machine.environment.get(name) ?? null;
    case 'global':
    case 'script':
      return computed[name.toLowerCase()]?.(frame.session) ?? frame.scope.global.get(name) ?? null;
    case null:
    case 'local':
    case 'private':
    case 'variable':
      return readPlain(name.toLowerCase(), frame);
    default:
      throw new NotImplemented(`the variable $${qualifier}:${name}`);
  }
};

const readPlain = (name: string, frame: Frame): Value => {
  const special = Object.hasOwn(computed, name) ? computed[name] : undefined;
  if (special !== undefined) return special(frame.session);
  const value = frame.scope.get(name === 'psitem' ? '_' : name);
  if (value === undefined && unsupported.has(name)) throw new NotImplemented(`the variable $${name}`);
  return value ?? null;
};

export const writeVariable = (
  { name, qualifier }: Pick<Variable, 'name' | 'qualifier'>,
  value: Value,
  frame: Frame,
): void => {
  switch (qualifier) {
    case 'env':
      frame.session.machine.environment.set(name, toText(value));
      return;
    case 'global':
    case 'script':
      frame.scope.global.set(name, value);
      return;
    case null:
    case 'local':
    case 'private':
    case 'variable': {
      const key = name.toLowerCase();
      // What is assigned to $null is thrown away.
      if (key === 'null') return;
      if (key === 'lastexitcode') frame.session.lastExitCode = Number(toText(value));
      else if (Object.hasOwn(computed, key) && key !== 'error') {
        throw new RuntimeFailure(
          'VariableNotWritable',
          `Cannot overwrite variable ${name} because it is read-only or constant.`,
          {
            category: 'WriteError',
            type: 'System.Management.Automation.SessionStateUnauthorizedAccessException',
            target: { text: name, type: 'String' },
          },
        );
      } else frame.scope.set(name, value);
      return;
    }
    default:
      throw new NotImplemented(`setting $${qualifier}:${name}`);
  }
};
