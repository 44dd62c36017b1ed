import { NotImplemented } from '../os/not-implemented.ts';
import { change } from './change.ts';
import { isNo, taskPath, type SchtasksHost } from './context.ts';
import { create } from './create.ts';
import { failureText } from './failures.ts';
import { missing, readSchtasksOptions, type Verb } from './options.ts';
import { query } from './query.ts';

type Values = ReadonlyMap<string, string>;

/** What each verb that names one task says when it is done. */
const done = {
  delete: (name: string) => `SUCCESS: The scheduled task "${name}" was successfully deleted.`,
  run: (name: string) => `SUCCESS: Attempted to run the scheduled task "${name}".`,
  end: (name: string) => `SUCCESS: The scheduled task "${name}" has been terminated successfully.`,
} as const;

const single = async (verb: keyof typeof done, values: Values, host: SchtasksHost): Promise<number> => {
  const name = values.get('tn');
  const fail = (message: string): number => {
    host.writeError(`ERROR: ${message}\r\n`);
    return 1;
  };
  if (name === undefined) return fail(missing('tn', verb));
  if (verb === 'delete' && name === '*') throw new NotImplemented('schtasks /delete /tn *');
  if (verb === 'delete' && !values.has('f')) {
    const question = `WARNING: Are you sure you want to remove the task "${name}" (Y/N)? `;
    if (isNo(host.ask(question))) return 1;
  }
  const answer = await host.scheduler({ operation: verb, path: taskPath(name) });
  if (!answer.ok) return fail(failureText(answer.code));
  host.write(`${done[verb](name)}\r\n`);
  return 0;
};

const perform = (verb: Verb, values: Values, host: SchtasksHost): Promise<number> => {
  switch (verb) {
    case 'create':
      return create(values, host);
    case 'query':
      return query(values, host);
    case 'change':
      return change(values, host);
    case 'delete':
    case 'run':
    case 'end':
      return single(verb, values, host);
    case 'showsid':
      throw new NotImplemented('schtasks /showsid');
  }
};

/** schtasks.exe: arguments → exit code. Another computer's tasks are out of reach: the lab has no remote procedure calls. */
export const runSchtasks = async (args: readonly string[], host: SchtasksHost): Promise<number> => {
  if (args.some((arg) => arg === '/?' || arg === '-?')) throw new NotImplemented(`schtasks ${args.join(' ')}`);
  const read = readSchtasksOptions(args);
  if (!read.ok) {
    host.writeError(`ERROR: ${read.message}\r\n`);
    return 1;
  }
  const { verb, values } = read.options;
  const remote = values.get('s');
  if (
    remote !== undefined &&
    !['localhost', '127.0.0.1', '.', host.computer.toLowerCase()].includes(remote.toLowerCase())
  )
    throw new NotImplemented(`schtasks /s ${remote}`);
  return await perform(verb, values, host);
};
