import { NotImplemented } from '../os/not-implemented.ts';
import { parseTask } from '../tasks/parse-task.ts';
import { results } from '../tasks/protocol.ts';
import { renderTask } from '../tasks/render-task.ts';
import { actionOf, principalOf } from './create.ts';
import { taskPath, type SchtasksHost } from './context.ts';
import { failureText } from './failures.ts';
import { invalidSyntax, missing } from './options.ts';

type Values = ReadonlyMap<string, string>;

const unsupported = ['st', 'ri', 'et', 'du', 'k', 'sd', 'ed', 'it', 'z', 'delay'];

/** `schtasks /change`: what it runs, as whom, and whether it does. */
export const change = async (values: Values, host: SchtasksHost): Promise<number> => {
  const fail = (message: string): number => {
    host.writeError(`ERROR: ${message}\r\n`);
    return 1;
  };
  const name = values.get('tn');
  if (name === undefined) return fail(missing('tn', 'change'));
  const met = unsupported.find((option) => values.has(option));
  if (met !== undefined) throw new NotImplemented(`schtasks /change /${met}`);
  const path = taskPath(name);
  const listed = await host.scheduler({ operation: 'list' });
  if (!listed.ok) return fail(failureText(listed.code));
  const task = listed.tasks.find((one) => one.path.toLowerCase() === path.toLowerCase());
  if (task === undefined) return fail(failureText(results.fileNotFound));
  const changed = ['tr', 'ru', 'rp', 'rl'].some((option) => values.has(option));
  const switched = values.has('enable') || values.has('disable');
  if (!changed && !switched)
    return fail(invalidSyntax('At least one option must be specified from the following: /RU, /RP, /TR', 'change'));
  if (changed) {
    const before = parseTask(task.xml);
    const principal = ['ru', 'rp', 'rl'].some((option) => values.has(option))
      ? principalOf(values, before.principal.userId ?? host.user)
      : before.principal;
    const actions = values.has('tr') ? [actionOf(values.get('tr') ?? '')] : before.actions;
    const xml = renderTask({ ...before, principal, actions });
    const answer = await host.scheduler({ operation: 'register', path, xml, mode: 'update' });
    if (!answer.ok) return fail(failureText(answer.code));
  }
  if (switched) {
    const answer = await host.scheduler({ operation: 'enable', path, enabled: values.has('enable') });
    if (!answer.ok) return fail(failureText(answer.code));
  }
  host.write(`SUCCESS: The parameters of scheduled task "${name}" have been changed.\r\n`);
  return 0;
};
