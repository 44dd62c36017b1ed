import type { Diagnostic } from '../../model/diagnostic.ts';
import { createCodeFrame } from './code-frame.ts';
import { displayText } from './display-text.ts';
import { plainPaint, type Paint } from './paint.ts';

/**
 * A problem as compilers show it:
 *
 *     error[schema/unknown-key]: unknown key "comand"
 *       --> atomics/T1583.003/T1583.003.yaml:9:5
 *        |
 *      9 |     comand: whoami
 *        |     ^^^^^^
 *        = help: did you mean "command"?
 */
export const renderDiagnostic = (diagnostic: Diagnostic, paint: Paint = plainPaint): string => {
  const { code, severity, message, place, excerpt, hint } = diagnostic;
  const tone = severity === 'error' ? 'red' : 'yellow';
  const number = String(place?.line ?? '');
  const margin = ' '.repeat(number.length + 2);
  const bar = paint('blue', '|');
  const lines = [`${paint(tone, `${severity}[${code}]`)}${paint('bold', `: ${displayText(message)}`)}`];
  if (place !== undefined)
    lines.push(`${margin.slice(1)}${paint('blue', '-->')} ${displayText(place.file)}:${place.line}:${place.column}`);
  if (place !== undefined && excerpt !== undefined) {
    const { source, carets } = createCodeFrame(excerpt, place);
    lines.push(
      `${margin}${bar}`,
      ` ${paint('blue', number)} ${bar} ${source}`,
      `${margin}${bar} ${carets.replace(/\^+/, (marks) => paint(tone, marks))}`,
    );
  }
  if (hint !== undefined) lines.push(`${margin}${paint('blue', '=')} help: ${displayText(hint)}`);
  return lines.join('\n');
};
