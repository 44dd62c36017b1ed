import { NotImplemented } from '../os/not-implemented.ts';
import { imageName, type WindowsProcess } from '../os/processes.ts';

const memory = ({ workingSet }: WindowsProcess): string => `${Math.round(workingSet / 1024).toLocaleString('en-US')} K`;

const session = 'Console';

interface Filter {
  readonly field: string;
  readonly operator: string;
  readonly value: string;
}

const matches = (process: WindowsProcess, { field, operator, value }: Filter): boolean => {
  const own = field === 'pid' ? String(process.id) : imageName(process).toLowerCase();
  const same = value.endsWith('*') ? own.startsWith(value.slice(0, -1).toLowerCase()) : own === value.toLowerCase();
  return operator === 'ne' ? !same : same;
};

const readFilter = (text: string): Filter => {
  const [, field = '', operator = '', value = ''] = /^\s*(\w+)\s+(eq|ne)\s+(.+?)\s*$/i.exec(text) ?? [];
  if (!/^(imagename|pid)$/i.test(field)) throw new NotImplemented(`tasklist /fi "${text}"`);
  return { field: field.toLowerCase(), operator: operator.toLowerCase(), value };
};

/** What `tasklist` prints of the host's processes. */
export const renderTasks = (args: readonly string[], processes: readonly WindowsProcess[]): string => {
  const filters: Filter[] = [];
  let format = 'table';
  let header = true;
  for (let index = 0; index < args.length; index++) {
    const option = (args[index] ?? '').toLowerCase();
    if (option === '/fi') filters.push(readFilter(args[++index] ?? ''));
    else if (option === '/fo') format = (args[++index] ?? '').toLowerCase();
    else if (option === '/nh') header = false;
    else throw new NotImplemented(`tasklist ${option}`);
  }
  const found = processes.filter((process) => filters.every((filter) => matches(process, filter)));
  if (found.length === 0) return 'INFO: No tasks are running which match the specified criteria.\r\n';
  if (format === 'csv') {
    const head = header ? '"Image Name","PID","Session Name","Session#","Mem Usage"\r\n' : '';
    return head + found.map((one) => `"${imageName(one)}","${one.id}","${session}","1","${memory(one)}"\r\n`).join('');
  }
  if (format !== 'table') throw new NotImplemented(`tasklist /fo ${format}`);
  const head = header
    ? `\r\nImage Name                     PID Session Name        Session#    Mem Usage\r\n${['='.repeat(25), '='.repeat(8), '='.repeat(16), '='.repeat(11), '='.repeat(12)].join(' ')}\r\n`
    : '';
  const row = (one: WindowsProcess): string =>
    `${imageName(one).slice(0, 25).padEnd(25)} ${String(one.id).padStart(8)} ${session.padEnd(16)} ${'1'.padStart(11)} ${memory(one).padStart(12)}\r\n`;
  return head + found.map(row).join('');
};
