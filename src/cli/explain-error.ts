import { stripVTControlCharacters } from 'node:util';
import { ContentError } from '../judge/content-error.ts';
import { exitCode, type ExitCode } from '../model/exit-code.ts';
import { HarnessError } from '../model/harness-error.ts';
import { renderDiagnostics } from '../report/diagnostics/render-diagnostics.ts';
import type { Screen } from '../report/terminal/screen.ts';
import { paintOf } from './paint-of.ts';

/** Says what went wrong and what to do next, once, on standard error. */
export const explainError = (error: unknown, screen: Screen): ExitCode => {
  if (error instanceof ContentError) {
    screen.note(renderDiagnostics(error.diagnostics, paintOf(screen)));
    return error.exitCode;
  }
  if (error instanceof HarnessError) {
    screen.note(`error[${error.code}]: ${stripVTControlCharacters(error.message)}\n`);
    if (error.hint !== undefined) screen.note(`  = help: ${error.hint}\n`);
    return error.exitCode;
  }
  if (error instanceof Error && error.message.startsWith('interrupted by ')) {
    screen.note(`${error.message}: the lab was taken down\n`);
    return exitCode.interrupted;
  }
  screen.note(`error: this is a bug of Tocsin, please report it\n${describe(error)}\n`);
  return exitCode.bug;
};

const describe = (error: unknown): string =>
  stripVTControlCharacters(error instanceof Error ? (error.stack ?? error.message) : String(error));
