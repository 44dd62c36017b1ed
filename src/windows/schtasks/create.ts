import { builtInAccount } from '../tasks/service/account.ts';
import { defaultSettings, type ExecAction, type Principal, type TaskDefinition } from '../tasks/definition.ts';
import { renderLocalTime } from '../tasks/local-time.ts';
import { results } from '../tasks/protocol.ts';
import { renderTask } from '../tasks/render-task.ts';
import { isNo, taskPath, type SchtasksHost } from './context.ts';
import { failureText } from './failures.ts';
import { invalidSyntax, missing } from './options.ts';
import { buildTrigger, type Built } from './schedule.ts';

type Values = ReadonlyMap<string, string>;

const longestCommand = 261;

/** `/tr`: the program is the first word, or what stands in quotes; the rest are its arguments. */
export const actionOf = (text: string): ExecAction => {
  const [, quoted, plain, rest = ''] = /^\s*(?:["']([^"']+)["']|(\S+))\s*(.*)$/s.exec(text) ?? [];
  const command = quoted ?? plain ?? text;
  return rest === '' ? { command } : { command, arguments: rest.trimEnd() };
};

/** The system's own accounts are written as their identifiers, and log on by themselves. */
export const principalOf = (values: Values, user: string): Principal => {
  const runLevel = values.get('rl')?.toUpperCase() === 'HIGHEST' ? 'HighestAvailable' : 'LeastPrivilege';
  const wanted = values.get('ru');
  const system = wanted === undefined ? null : wanted === '' ? 'SYSTEM' : builtInAccount(wanted);
  if (system !== null) return { userId: identifiers[system] ?? system, runLevel };
  const logonType = values.has('np') ? 'S4U' : values.has('rp') ? 'Password' : 'InteractiveToken';
  return { userId: wanted ?? user, logonType, runLevel };
};

const identifiers: Readonly<Record<string, string>> = {
  SYSTEM: 'S-1-5-18',
  'LOCAL SERVICE': 'S-1-5-19',
  'NETWORK SERVICE': 'S-1-5-20',
};

const build = (path: string, values: Values, host: SchtasksHost): Built<string> => {
  if (!values.has('tr')) return { ok: false, message: missing('tr', 'create') };
  if (!values.has('sc')) return { ok: false, message: missing('sc', 'create') };
  const command = values.get('tr') ?? '';
  if (command.length > longestCommand) {
    const message = `Value for '/tr' option cannot be more than ${longestCommand} character(s).`;
    return { ok: false, message: invalidSyntax(message, 'create') };
  }
  const trigger = buildTrigger(values, host.now());
  if (!trigger.ok) return trigger;
  const definition: TaskDefinition = {
    registration: { date: renderLocalTime(host.now()), author: host.user, uri: path },
    triggers: [trigger.value],
    principal: principalOf(values, host.user),
    settings: defaultSettings,
    actions: [actionOf(command)],
  };
  return { ok: true, value: renderTask(definition) };
};

const fromFile = (file: string, host: SchtasksHost): Built<string> => {
  const xml = host.readFile(file);
  return xml === null ? { ok: false, message: 'The system cannot find the file specified.' } : { ok: true, value: xml };
};

/** `schtasks /create`. */
export const create = async (values: Values, host: SchtasksHost): Promise<number> => {
  const fail = (message: string): number => {
    host.writeError(`ERROR: ${message}\r\n`);
    return 1;
  };
  const name = values.get('tn');
  if (name === undefined) return fail(missing('tn', 'create'));
  const path = taskPath(name);
  const file = values.get('xml');
  const xml = file === undefined ? build(path, values, host) : fromFile(file, host);
  if (!xml.ok) return fail(xml.message);
  const register = (mode: 'create' | 'create-or-update'): ReturnType<SchtasksHost['scheduler']> =>
    host.scheduler({ operation: 'register', path, xml: xml.value, mode });
  let answer = await register(values.has('f') ? 'create-or-update' : 'create');
  if (!answer.ok && answer.code === results.alreadyExists) {
    const question = `WARNING: The task name "${name}" already exists. Do you want to replace it (Y/N)? `;
    if (isNo(host.ask(question))) return 1;
    answer = await register('create-or-update');
  }
  if (!answer.ok) return fail(answer.detail === '' ? failureText(answer.code) : malformed(answer.code, answer.detail));
  if (values.get('sc')?.toUpperCase() === 'ONCE' && answer.tasks[0]?.nextRun === null) {
    host.write('WARNING: Task may not run because /ST is earlier than current time.\r\n');
  }
  host.write(`SUCCESS: The scheduled task "${name}" has successfully been created.\r\n`);
  return 0;
};

const malformed = (code: number, detail: string): string => `${failureText(code)}\r\n(1,1)::ERROR: ${detail}`;
