import { isError, type Diagnostic } from '../../model/diagnostic.ts';
import { plural } from '../../util/plural.ts';
import { plainPaint, type Paint } from './paint.ts';
import { renderDiagnostic } from './render-diagnostic.ts';

/** All problems, a blank line between them, and the count. The empty text when there are none. */
export const renderDiagnostics = (diagnostics: readonly Diagnostic[], paint: Paint = plainPaint): string =>
  diagnostics.length === 0
    ? ''
    : [...diagnostics.map((one) => renderDiagnostic(one, paint)), renderCount(diagnostics)].join('\n\n') + '\n';

/** `3 errors, 1 warning in 2 files`. */
export const renderCount = (diagnostics: readonly Diagnostic[]): string => {
  const errors = diagnostics.filter(isError).length;
  const warnings = diagnostics.length - errors;
  const files = new Set(diagnostics.flatMap(({ place }) => (place === undefined ? [] : [place.file]))).size;
  const counts = [
    ...(errors > 0 ? [plural(errors, 'error')] : []),
    ...(warnings > 0 ? [plural(warnings, 'warning')] : []),
  ];
  return `${counts.join(', ')}${files > 0 ? ` in ${plural(files, 'file')}` : ''}`;
};
