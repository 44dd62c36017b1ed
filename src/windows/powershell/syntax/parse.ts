import type { Diagnostic, Parsed } from '../../../model/diagnostic.ts';
import type { Position } from '../../../model/place.ts';
import type { ScriptBlock } from './ast.ts';
import { parseScript } from './script-blocks.ts';
import { Source, SyntaxFailure } from './source.ts';

/** Line and column of an offset; a line ends at LF, CR LF or CR. */
export const positionOf = (text: string, offset: number): Position => {
  const before = text.slice(0, offset).split(/\r\n|\n|\r/);
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
};

export const lineAt = (text: string, line: number): string => text.split(/\r\n|\n|\r/)[line - 1] ?? '';

const toDiagnostic = (text: string, file: string, { id, message, extent }: SyntaxFailure): Diagnostic => {
  const start = positionOf(text, extent.start);
  const end = positionOf(text, Math.max(extent.end, extent.start + 1));
  return {
    code: `powershell/${id}`,
    severity: 'error',
    message,
    place: { file, ...start, endLine: end.line, endColumn: end.column },
    excerpt: lineAt(text, start.line),
  };
};

/**
 * Reads a script of Windows PowerShell 5.1. The parser is a recursive descent over characters, with precedence climbing for
 * operators: PowerShell's own lexer is driven by its parser (the same characters are an operator in an expression and a word
 * among arguments), and a lexer with modes of its own would have to be told the mode at every token anyway.
 * The first error ends it; its code is `powershell/` and PowerShell's FullyQualifiedErrorId.
 */
export const parsePowerShell = (text: string, file = ''): Parsed<ScriptBlock> => {
  try {
    return { ok: true, value: parseScript(new Source(text)), diagnostics: [] };
  } catch (error) {
    if (!(error instanceof SyntaxFailure)) throw error;
    return { ok: false, diagnostics: [toDiagnostic(text, file, error)] };
  }
};
