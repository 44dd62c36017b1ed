import { driveRoot, isRegistryFile } from '../../model/in-host.ts';

/** Folders and files in which hosts keep what is to be started later. */
const taskPlaces = [
  `${driveRoot}/Windows/System32/Tasks/`,
  '/etc/cron',
  '/var/spool/cron/',
  '/etc/systemd/system/',
  '/usr/lib/systemd/system/',
];

/** What a file of a host stands for. */
export const kindOfFile = (path: string): 'file' | 'task' | 'registry' => {
  if (isRegistryFile(path)) return 'registry';
  return taskPlaces.some((place) => path.startsWith(place)) ? 'task' : 'file';
};

/** `analyst 0:0 /home/analyst /bin/bash`, `group adm: analyst`: what passwd(5) and group(5) hold, sorted. */
export const parseAccounts = (passwd: string, group: string): readonly string[] => {
  const rows = (text: string): string[][] =>
    text
      .split('\n')
      .filter((line) => line.includes(':'))
      .map((line) => line.split(':'));
  return [
    ...rows(passwd).map(([name = '', , uid = '', gid = '', , home = '', shell = '']) =>
      `${name} ${uid}:${gid} ${home} ${shell}`.trimEnd(),
    ),
    ...rows(group).map(([name = '', , , members = '']) => `group ${name}: ${members}`.trimEnd()),
  ].sort();
};

/** Keys, and values below their keys, of a hive as regedit writes it; a value that goes over several lines is one. */
export const parseRegistry = (text: string): readonly string[] => {
  let key = '';
  const lines = text.replace(/\\\r?\n\s*/g, '').split(/\r?\n/);
  return lines.flatMap((line) => {
    const [, named] = /^\[(.*)\]$/.exec(line) ?? [];
    if (named !== undefined) {
      key = named;
      return [key];
    }
    return /^["@]/.test(line) ? [`${key} ${line}`] : [];
  });
};
