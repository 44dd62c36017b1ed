import { statSync } from 'node:fs';
import { findPath } from '../../os/find-file.ts';
import { NotImplemented } from '../../os/not-implemented.ts';
import { startProcess } from '../../os/start-process.ts';
import { inheritStdio } from '../../os/start-process.ts';
import { writeText } from '../../os/stdio.ts';
import { findExternal, programName } from './external.ts';
import { internals } from './internals.ts';
import type { Internal } from './shell.ts';

const options =
  /^\s*\/(b|wait|w|min|max|i|low|normal|high|separate|shared|realtime|abovenormal|belownormal|d\s*(?:"[^"]*"|\S+))(?=\s|$|\/)/i;

/** `start "title" /b /wait program …`: a program of its own, which nobody waits for unless told so. */
export const startProgram: Internal = async (tail, shell, stdio) => {
  let rest = tail.trimStart().replace(/^"[^"]*"/, '');
  let waits = false;
  let shares = false;
  let folder = shell.folder;
  for (;;) {
    const found = options.exec(rest);
    if (found === null) break;
    const option = (found[1] ?? '').toLowerCase();
    if (option.startsWith('w')) waits = true;
    if (option === 'b') shares = true;
    if (option.startsWith('d'))
      folder = findPath((found[1] ?? '').slice(1).trim().replaceAll('"', ''), folder, shell.drive)?.windows ?? folder;
    rest = rest.slice(found[0].length);
  }
  const command = rest.trim();
  const name = programName(command);
  if (name === '') {
    throw new NotImplemented('start of a command prompt');
  }
  // What cmd itself carries out, and batch files, run in a cmd.exe of their own, which stays.
  const own = Object.hasOwn(internals, name.toLowerCase()) || /\.(bat|cmd)$/i.test(name);
  const program = own ? findExternal('cmd.exe', shell) : findExternal(name, shell);
  if (program === null) {
    const file = findPath(name, folder, shell.drive);
    if (
      /^[a-z][\w+.-]+:/i.test(name) ||
      (file !== null && statSync(file.host, { throwIfNoEntry: false }) !== undefined)
    )
      throw new NotImplemented(`opening ${name}`);
    writeText(stdio.error, `The system cannot find the file ${name}.\r\n`);
    return 9059;
  }
  const started = await startProcess({
    program: program.host,
    commandLine: own ? `${program.windows} /K ${command}` : command,
    environment: shell.environment,
    currentFolder: folder,
    drive: shell.drive,
    stdio: shares ? inheritStdio(stdio) : ['ignore', 'ignore', 'ignore'],
    outlives: true,
  });
  if (!waits) return null;
  started.child.ref();
  const end = await started.finished;
  return end.kind === 'ended' ? end.exitCode : 1;
};
