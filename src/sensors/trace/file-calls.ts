import { noteLibrary } from './clock-use.ts';
import { hostText, readCString } from '../../formats/strace/c-string.ts';
import { parseDescriptor } from '../../formats/strace/descriptor.ts';
import type { TracedCall } from '../../formats/strace/join-calls.ts';
import type { EventAction, LabEvent } from '../../model/event.ts';
import { baseName, directoryName, isBelow, personaPath } from '../persona-path.ts';
import { isRegistryFile } from '../../model/in-host.ts';
import { joinPath } from './paths.ts';
import { endOf, startOf } from './moment.ts';
import { forgetDescriptor } from './socket-lifetime.ts';
import type { TraceState } from './trace-state.ts';
import type { TracedProcess } from './traced-process.ts';

/** Not files of the host's disk. */
const virtualFolders = ['/proc', '/dev', '/sys'];

const isTelemetry = (path: string, state: TraceState): boolean =>
  ![...virtualFolders, state.context.harnessFolder].some((folder) => isBelow(path, folder));

/** Path of a `*at` call: its folder's descriptor and a name; null when it cannot be told. */
const pathAt = (
  process: TracedProcess,
  call: TracedCall,
  folder: number,
  name: number,
  state: TraceState,
): string | null => {
  const label = parseDescriptor(call.args[folder] ?? '')?.label;
  return pathIn(label?.kind === 'path' ? label.path : process.cwd, call.args[name], state);
};

/** Path of a call that takes the name alone. */
const pathOf = (process: TracedProcess, call: TracedCall, name: number, state: TraceState): string | null =>
  pathIn(process.cwd, call.args[name], state);

const pathIn = (folder: string | null, printed: string | undefined, state: TraceState): string | null => {
  const string = readCString(printed ?? '');
  if (string === null) return null;
  const { text, invalidBytes } = hostText(string.bytes);
  if (invalidBytes > 0) state.losses.add('unparsed', 'paths with bytes that are not UTF-8, shown as \\xNN', text);
  if (string.cut) state.losses.add('truncated', 'paths that the trace cut short', text);
  return joinPath(folder, text);
};

const write = (
  process: TracedProcess,
  call: TracedCall,
  state: TraceState,
  action: EventAction,
  path: string | null,
  columns: Partial<LabEvent> = {},
): void => {
  if (path === null) {
    state.losses.add('unparsed', `${call.name} whose path could not be told`, `line ${call.startLine}`);
    return;
  }
  if (!isTelemetry(path, state) || (process.image?.isComponent === true && isRegistryFile(path))) return;
  const shown = personaPath(path, state.context.persona);
  state.writer.write(process, action, startOf(call), {
    'file.path': shown,
    'file.name': baseName(shown),
    'file.directory': directoryName(shown),
    ...state.causeOfFile(process, path, call.startMicros),
    ...columns,
  });
};

/** The path that a call is about; null when it cannot be told. */
type PathOf = (process: TracedProcess, call: TracedCall, state: TraceState) => string | null;

type Handler = (process: TracedProcess, call: TracedCall, state: TraceState) => void;

const succeeded =
  (handler: Handler): Handler =>
  (process, call, state) => {
    if (call.value !== null && call.value >= 0) handler(process, call, state);
  };

/** Where each way to open a file has its name, flags and mode. */
interface OpenShape {
  readonly folder: number | null;
  readonly name: number;
  readonly flags: number | null;
}

/**
 * An open that may create is a `file-create`; whether the file was there before is not in the trace, so `event.reason` says
 * what is known: `created` (O_EXCL), `created-or-overwritten` (O_TRUNC), `created-or-opened`. An open for writing of a file
 * that must exist, or that this trace saw before and does not empty, is a `file-write`.
 */
const open = ({ folder, name, flags: flagsAt }: OpenShape): Handler =>
  succeeded((process, call, state) => {
    if (call.value !== null) forgetDescriptor(process, call.value, endOf(call), state);
    noteLibrary(process, call.args[name] ?? '');
    const flags = flagsAt === null ? 'O_CREAT|O_WRONLY|O_TRUNC' : (call.args[flagsAt] ?? '');
    if (!/O_CREAT|O_WRONLY|O_RDWR/.test(flags) || flags.includes('O_TMPFILE') || flags.includes('O_PATH')) return;
    const label = parseDescriptor(`${call.value}${call.rest}`)?.label;
    const named = folder === null ? pathOf(process, call, name, state) : pathAt(process, call, folder, name, state);
    const path = label?.kind === 'path' ? label.path : named;
    const isKnown = path !== null && state.knownFiles.has(path);
    if (path !== null && isTelemetry(path, state)) state.knownFiles.add(path);
    const truncates = flags.includes('O_TRUNC');
    if (!flags.includes('O_CREAT') || (isKnown && !truncates && !flags.includes('O_EXCL'))) {
      write(process, call, state, 'file-write', path);
    } else {
      const reason = flags.includes('O_EXCL') ? 'created' : truncates ? 'created-or-overwritten' : 'created-or-opened';
      write(process, call, state, 'file-create', path, { 'event.reason': reason, 'file.mode': modeIn(call) });
    }
  });

/** `0644`, alone or in a structure. A host's own text stands in quotes and cannot pass for it. */
const modeIn = (call: TracedCall): string | undefined =>
  call.args
    .filter((arg) => !arg.startsWith('"'))
    .map((arg) => /(?:^|[{ ]mode=)(0[0-7]*)/.exec(arg)?.[1])
    .findLast((mode) => mode !== undefined);

const rename = (from: PathOf, to: PathOf): Handler =>
  succeeded((process, call, state) => {
    const previous = from(process, call, state);
    const path = to(process, call, state);
    if (previous !== null) state.knownFiles.delete(previous);
    if (path !== null) state.knownFiles.add(path);
    write(process, call, state, 'file-rename', path, {
      'file.previous.path': previous === null ? undefined : personaPath(previous, state.context.persona),
    });
  });

const link = (path: PathOf, reason: string): Handler =>
  succeeded((process, call, state) => {
    write(process, call, state, 'file-create', path(process, call, state), { 'event.reason': reason });
  });

const remove = (path: PathOf): Handler =>
  succeeded((process, call, state) => {
    // Folders are no files, and no product logs their removal as one.
    if (call.args[2]?.includes('AT_REMOVEDIR') === true) return;
    const removed = path(process, call, state);
    if (removed !== null) state.knownFiles.delete(removed);
    write(process, call, state, 'file-delete', removed);
  });

const chmod = (path: PathOf): Handler =>
  succeeded((process, call, state) => {
    write(process, call, state, 'file-chmod', path(process, call, state), { 'file.mode': modeIn(call) });
  });

const makeDirectory = (path: PathOf): Handler =>
  succeeded((process, call, state) => {
    write(process, call, state, 'directory-create', path(process, call, state), { 'file.mode': modeIn(call) });
  });

const plain =
  (name: number): PathOf =>
  (process, call, state) =>
    pathOf(process, call, name, state);

const at =
  (folder: number, name: number): PathOf =>
  (process, call, state) =>
    pathAt(process, call, folder, name, state);

const labelled: PathOf = (_process, call) => {
  const label = parseDescriptor(call.args[0] ?? '')?.label;
  return label?.kind === 'path' ? label.path : null;
};

export const fileCalls: Readonly<Record<string, Handler>> = {
  open: open({ folder: null, name: 0, flags: 1 }),
  creat: open({ folder: null, name: 0, flags: null }),
  openat: open({ folder: 0, name: 1, flags: 2 }),
  openat2: open({ folder: 0, name: 1, flags: 2 }),
  rename: rename(plain(0), plain(1)),
  renameat: rename(at(0, 1), at(2, 3)),
  renameat2: rename(at(0, 1), at(2, 3)),
  link: link(plain(1), 'hard-link'),
  linkat: link(at(2, 3), 'hard-link'),
  symlink: link(plain(1), 'symbolic-link'),
  symlinkat: link(at(1, 2), 'symbolic-link'),
  unlink: remove(plain(0)),
  unlinkat: remove(at(0, 1)),
  chmod: chmod(plain(0)),
  fchmod: chmod(labelled),
  fchmodat: chmod(at(0, 1)),
  fchmodat2: chmod(at(0, 1)),
  mkdir: makeDirectory(plain(0)),
  mkdirat: makeDirectory(at(0, 1)),
};
