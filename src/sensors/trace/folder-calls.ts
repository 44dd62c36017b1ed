import { hostText, readCString } from '../../formats/strace/c-string.ts';
import { atCwd, parseDescriptor } from '../../formats/strace/descriptor.ts';
import type { TracedCall } from '../../formats/strace/join-calls.ts';
import { personaPath } from '../persona-path.ts';
import { joinPath } from './paths.ts';
import type { TraceState } from './trace-state.ts';
import type { TracedProcess } from './traced-process.ts';

export const onChdir = (process: TracedProcess, call: TracedCall): void => {
  const path = readCString(call.args[0] ?? '');
  if (call.value !== 0 || path === null) return;
  process.cwd = joinPath(process.cwd, hostText(path.bytes).text);
  process.cwdSeen = false;
  process.cwdIsOfStart = false;
};

export const onFchdir = (process: TracedProcess, call: TracedCall): void => {
  const label = parseDescriptor(call.args[0] ?? '')?.label;
  if (call.value !== 0 || label?.kind !== 'path') return;
  process.cwd = label.path;
  process.cwdSeen = true;
  process.cwdIsOfStart = false;
};

/**
 * `AT_FDCWD</real/folder>` shows the working directory without symbolic links. The loader's first open follows at once upon an
 * exec, so a process-start that had a link in its folder is put right.
 */
export const learnCwd = (process: TracedProcess, call: TracedCall, state: TraceState): void => {
  if (process.cwdSeen || call.args[0]?.startsWith('AT_FDCWD<') !== true) return;
  const descriptor = parseDescriptor(call.args[0]);
  if (descriptor?.fd !== atCwd || descriptor.label?.kind !== 'path') return;
  process.cwdSeen = true;
  process.cwd = descriptor.label.path;
  if (process.start === null || !process.cwdIsOfStart) return;
  const shown = personaPath(process.cwd, state.context.persona);
  process.start.event['process.working_directory'] = shown;
  if (process.columns !== null) process.columns = { ...process.columns, 'process.working_directory': shown };
};
