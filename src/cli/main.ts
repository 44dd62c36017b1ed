import { resolve } from 'node:path';
import { exitCode } from '../model/exit-code.ts';
import { runCommandLine } from './command-line.ts';
import { findProject } from './find-project.ts';
import { keyboardOf } from './keyboard.ts';
import { watchSignals } from './watch-signals.ts';

// The only place that ends the process.
const watch = watchSignals(process);
const code = await runCommandLine(process.argv.slice(2), {
  root: findProject(process.cwd(), resolve(import.meta.dirname, '../..')),
  cwd: process.cwd(),
  stdin: () => process.stdin.setEncoding('utf8'),
  keyboard: keyboardOf(process.stdin, process.stdout, process.env['TERM']),
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  signal: watch.signal,
});
process.exit(watch.received === null ? code : watch.received === 'SIGINT' ? exitCode.interrupted : exitCode.terminated);
