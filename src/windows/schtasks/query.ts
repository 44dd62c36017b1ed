import { NotImplemented } from '../os/not-implemented.ts';
import { parseTask } from '../tasks/parse-task.ts';
import { results, type TaskInfo } from '../tasks/protocol.ts';
import { taskPath, type SchtasksHost } from './context.ts';
import { detailsOf, shownTime } from './details.ts';
import { failureText } from './failures.ts';

type Values = ReadonlyMap<string, string>;
type Row = readonly (readonly [name: string, value: string])[];

const folderOf = ({ path }: TaskInfo): string => path.slice(0, path.lastIndexOf('\\')) || '\\';
const nameOf = ({ path }: TaskInfo): string => path.slice(path.lastIndexOf('\\') + 1);

const rowOf = (task: TaskInfo, values: Values, { computer }: SchtasksHost): Row => {
  if (values.has('v')) return detailsOf(task, computer);
  const { principal } = parseTask(task.xml);
  const logonMode = principal.logonType === 'InteractiveToken' ? 'Interactive only' : 'Interactive/Background';
  return [
    ['HostName', computer],
    ['TaskName', task.path],
    ['Next Run Time', shownTime(task.nextRun)],
    ['Status', task.state],
    ['Logon Mode', logonMode],
  ];
};

/** Widths of the three columns of a plain table. */
const widths = [40, 22, 15] as const;

const tableLine = (cells: readonly string[]): string =>
  `${cells.map((cell, index) => cell.padEnd(widths[index] ?? 0).slice(0, widths[index])).join(' ')}\r\n`;

const renderTable = (tasks: readonly TaskInfo[], values: Values): string => {
  const groups = Map.groupBy(tasks, folderOf);
  const header =
    tableLine(['TaskName', 'Next Run Time', 'Status']) + tableLine(widths.map((width) => '='.repeat(width)));
  return [...groups]
    .map(([folder, members]) => {
      const rows = members.map((task) => tableLine([nameOf(task), shownTime(task.nextRun), task.state]));
      return `\r\nFolder: ${folder}\r\n${values.has('nh') ? '' : header}${rows.join('')}`;
    })
    .join('');
};

const renderList = (tasks: readonly TaskInfo[], values: Values, host: SchtasksHost): string =>
  tasks
    .map((task) => {
      const row = rowOf(task, values, host);
      const width = Math.max(...row.map(([name]) => name.length)) + 2;
      const lines = row.map(([name, value]) => `${`${name}:`.padEnd(width)}${value}`);
      return `\r\nFolder: ${folderOf(task)}\r\n${lines.join('\r\n')}\r\n`;
    })
    .join('');

const renderCsv = (tasks: readonly TaskInfo[], values: Values, host: SchtasksHost): string => {
  const rows = tasks.map((task) =>
    rowOf(task, values, host).filter(([name]) => values.has('v') || !['HostName', 'Logon Mode'].includes(name)),
  );
  const line = (cells: readonly string[]): string =>
    `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\r\n`;
  const header = values.has('nh') ? '' : line((rows[0] ?? []).map(([name]) => name));
  return header + rows.map((row) => line(row.map(([, value]) => value))).join('');
};

const render = (tasks: readonly TaskInfo[], values: Values, host: SchtasksHost): string => {
  if (values.has('xml')) return tasks.map(({ xml }) => `${xml}\r\n`).join('\r\n');
  switch ((values.get('fo') ?? 'TABLE').toUpperCase()) {
    case 'TABLE':
      if (values.has('v')) throw new NotImplemented('schtasks /query /v as a table');
      return renderTable(tasks, values);
    case 'LIST':
      return renderList(tasks, values, host);
    case 'CSV':
      return renderCsv(tasks, values, host);
    default:
      return '';
  }
};

/** `schtasks /query`: all tasks, a folder's (`\Folder\`), or one. */
export const query = async (values: Values, host: SchtasksHost): Promise<number> => {
  const answer = await host.scheduler({ operation: 'list' });
  const fail = (code: number): number => {
    host.writeError(`ERROR: ${failureText(code)}\r\n`);
    return 1;
  };
  if (!answer.ok) return fail(answer.code);
  const name = values.get('tn');
  const wanted = name === undefined ? null : taskPath(name).toLowerCase();
  const tasks = answer.tasks.filter(({ path }) => {
    if (wanted === null) return true;
    return wanted.endsWith('\\') ? path.toLowerCase().startsWith(wanted) : path.toLowerCase() === wanted;
  });
  if (tasks.length === 0) {
    if (wanted !== null) return fail(results.fileNotFound);
    host.write('INFO: There are no scheduled tasks presently available at your access level.\r\n');
    return 0;
  }
  host.write(render(tasks, values, host));
  return 0;
};
