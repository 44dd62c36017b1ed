import { hostText, readCString } from '../../formats/strace/c-string.ts';
import { parseDescriptor } from '../../formats/strace/descriptor.ts';
import type { TracedCall } from '../../formats/strace/join-calls.ts';
import { environmentValue, readStrings } from '../../formats/strace/strings.ts';
import { baseName, isBelow, isOnDrive, personaPath } from '../persona-path.ts';
import { expectClock } from './clock-use.ts';
import { shellCommandLine } from './command-line.ts';
import { endOf, startOf } from './moment.ts';
import { joinPath } from './paths.ts';
import { closeOnExec } from './socket-lifetime.ts';
import type { TraceState } from './trace-state.ts';
import type { Image, TracedProcess } from './traced-process.ts';

/** What an exec runs, as the kernel was told. */
interface Program {
  readonly path: string;
  readonly args: readonly string[];
  /** Printed environment. */
  readonly environment: string;
}

export const onExec = (process: TracedProcess, call: TracedCall, state: TraceState): void => {
  if (call.value !== 0 && !call.superseded) return;
  const program = readProgram(process, call, state);
  if (program === null) {
    state.losses.add('unparsed', 'execs whose program could not be told', `line ${call.startLine}`);
    return;
  }
  closeOnExec(process, endOf(call), state);
  process.marker = environmentValue(program.environment, state.context.markerVariable);
  process.cwdIsOfStart = true;
  process.hidden = isHarness(process, program, state);
  expectClock(process, program.path, program.environment, state.losses);
  if (process.hidden) {
    process.columns = null;
    return;
  }
  start(process, program, call, state);
};

const readProgram = (process: TracedProcess, call: TracedCall, state: TraceState): Program | null => {
  const at = call.name === 'execveat' ? 1 : 0;
  const path = readCString(call.args[at] ?? '');
  const args = readStrings(call.args[at + 1] ?? '');
  if (path === null || args === null) return null;
  const texts = [path, ...args].map(({ bytes }) => hostText(bytes));
  if (texts.some(({ invalidBytes }) => invalidBytes > 0)) {
    state.losses.add('unparsed', 'arguments with bytes that are not UTF-8, shown as \\xNN', `line ${call.startLine}`);
  }
  if (args.some(({ cut }) => cut)) {
    state.losses.add('truncated', 'arguments that the trace cut short', `line ${call.startLine}`);
  }
  const [name = '', ...rest] = texts.map(({ text }) => text);
  return { path: programPath(process, call, name), args: rest, environment: call.args[at + 2] ?? '' };
};

/** `execveat` may name a descriptor instead of a path. */
const programPath = (process: TracedProcess, call: TracedCall, name: string): string => {
  const label = call.name === 'execveat' ? parseDescriptor(call.args[0] ?? '')?.label : null;
  const folder = label?.kind === 'path' ? label.path : process.cwd;
  return name === '' && label?.kind === 'path' ? label.path : joinPath(folder, name);
};

/**
 * The agent, what it puts before a command, and programs in the harness's folder are no telemetry; services of the lab run from
 * that folder and are kept, since their origin keeps them out of the products' tables.
 */
const isHarness = (process: TracedProcess, program: Program, state: TraceState): boolean => {
  const { agentPid, launchers, harnessFolder } = state.context;
  if (process.pid === agentPid && process.parent === null) return true;
  const step = process.lineage.kind === 'step' ? process.lineage.result : null;
  if (isBelow(program.path, harnessFolder)) {
    if (step === null || step.step.origin === 'service') return step === null;
    // It may be the persona's, or a test that hides behind the harness: what it does stays out, and that is said.
    state.losses.add('dropped', "programs of the harness's folder that a step ran, with all they did", program.path);
    return true;
  }
  const isCommand = step !== null && same(step.argv, program.args);
  return process.hidden && !isCommand && launchers.includes(baseName(program.path));
};

const same = (left: readonly string[], right: readonly string[]): boolean =>
  left.length === right.length && left.every((item, index) => item === right[index]);

const start = (process: TracedProcess, program: Program, call: TracedCall, state: TraceState): void => {
  const { persona } = state.context;
  const image = imageOf(program, state);
  const before = process.start;
  if (persona === 'windows' && before !== null) {
    // A Windows process runs one program; what only led to it (`env`, a shell's `exec`) is none.
    if (process.image?.isComponent === true || !image.isComponent) return;
    state.writer.withdraw(before);
  }
  if (before === null || persona === 'windows') process.startMicros = call.startMicros;
  process.image = image;
  process.columns = null;
  process.start = state.writer.write(process, 'process-start', startOf(call), {});
};

const imageOf = ({ path, args }: Program, state: TraceState): Image => {
  const executable = personaPath(path, state.context.persona);
  const common = { executable, name: baseName(executable) };
  if (!isOnDrive(path, state.context.persona)) {
    return { ...common, commandLine: shellCommandLine(args), args, isComponent: false };
  }
  // `[path, whole command line]`: a Windows program splits its line itself.
  const [, commandLine = executable, ...more] = args;
  if (more.length > 0) state.losses.add('unsupported', 'Windows programs with more than a command line', path);
  return { ...common, commandLine: [commandLine, ...more].join(' '), args: null, isComponent: true };
};
