import type { Diagnostic } from '../model/diagnostic.ts';
import { exitCode } from '../model/exit-code.ts';
import { HarnessError } from '../model/harness-error.ts';

/** Content that cannot be judged: what people wrote names something that does not exist. Exit code 2. */
export class ContentError extends HarnessError {
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    const lines = diagnostics.map(({ place, message }) =>
      place === undefined ? message : `${place.file}:${place.line}:${place.column}: ${message}`,
    );
    const hint = diagnostics.find((diagnostic) => diagnostic.hint !== undefined)?.hint;
    super(lines.join('\n'), {
      code: diagnostics[0]?.code ?? 'content/invalid',
      exitCode: exitCode.usage,
      ...(hint === undefined ? {} : { hint }),
    });
    this.name = 'ContentError';
    this.diagnostics = diagnostics;
  }
}
