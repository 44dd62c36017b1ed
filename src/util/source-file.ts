import type { Diagnostic, DiagnosticCode } from '../model/diagnostic.ts';
import type { Place } from '../model/place.ts';

/** A content file, read. `file` is relative to the project folder, with forward slashes. */
export interface SourceFile {
  readonly file: string;
  readonly text: string;
}

interface Problem {
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly place: Place;
  readonly hint?: string | null;
  readonly severity?: Diagnostic['severity'];
}

/** A diagnostic that carries the source line it points at. */
export const diagnose = (text: string, { code, message, place, hint, severity }: Problem): Diagnostic => ({
  code,
  severity: severity ?? 'error',
  message,
  place,
  excerpt: lineOf(text, place.line),
  ...(hint === undefined || hint === null ? {} : { hint }),
});

/** One line without its end; lines count from 1. */
export const lineOf = (text: string, line: number): string => linesOf(text)[line - 1] ?? '';

// As the YAML library counts them: a lone CR ends no line.
export const linesOf = (text: string): string[] => text.split(/\r?\n/);
