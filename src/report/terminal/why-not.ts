import { detectionLabel } from '../findings/detection-label.ts';
import { isError, type Diagnostic } from '../../model/diagnostic.ts';
import type { Place } from '../../model/place.ts';
import type { RunResult } from '../../model/run-result.ts';
import type { DetectionResult } from '../../model/verdict.ts';
import { createCodeFrame } from '../diagnostics/code-frame.ts';
import type { Paint } from '../diagnostics/paint.ts';
import { renderDiagnostic } from '../diagnostics/render-diagnostic.ts';
import { blockerLines } from './blocker-lines.ts';
import { oneLine } from './one-line.ts';
import type { Screen } from './screen.ts';
import { arrow, paint } from './style.ts';

/** A detection that did not fire, with every variant for which the reason is word for word the same. */
interface Silence {
  readonly detection: DetectionResult;
  readonly variants: readonly string[];
}

const indent = '   ';

/** Why detections did not fire, or fired where they must not: one numbered block per reason, in the order of the results. */
export const renderWhyNot = (screen: Screen, result: RunResult, onlyUnmet: boolean): string =>
  silencesOf(result, onlyUnmet)
    .map((silence, index) => `${renderSilence(screen, result, silence, index + 1)}\n`)
    .join('');

const explained: ReadonlySet<string> = new Set(['missed', 'blind', 'broken', 'noisy', 'error']);

const silencesOf = ({ results }: RunResult, onlyUnmet: boolean): readonly Silence[] => {
  const found = results.flatMap(({ variant, detections }) =>
    detections
      .filter(({ verdict, met }) => !met || (explained.has(verdict) && !onlyUnmet))
      .map((detection) => ({ variant, detection })),
  );
  const groups = Map.groupBy(found, ({ detection: { id, verdict, expected, met, reason, diagnostics } }) =>
    JSON.stringify({ id, verdict, expected, met, reason, diagnostics }),
  );
  return [...groups.values()].flatMap((group) =>
    group[0] === undefined ? [] : [{ detection: group[0].detection, variants: group.map(({ variant }) => variant) }],
  );
};

const renderSilence = (
  screen: Screen,
  { sources }: RunResult,
  { detection, variants }: Silence,
  number: number,
): string => {
  const { verdict, expected, met, reason, diagnostics } = detection;
  const hoped = expected === null ? '' : met ? ', as expected' : `, expected ${expected}`;
  const title = `${number}) ${variants.map(oneLine).join(', ')}${arrow(screen)}${oneLine(detectionLabel(detection))}: ${verdict}${hoped}`;
  const lines = [paint(screen, met ? 'strong' : 'bad', title)];
  const problems = diagnostics.filter((one) => (isError(one) ? verdict === 'broken' : verdict !== 'not-run'));
  if (verdict !== 'broken' && reason !== null) lines.push(...frame(screen, sources, reason.place, reason.summary));
  if (reason !== null && reason.blockers.length > 0)
    lines.push(
      ...blockerLines(screen, reason.blockers, reason.proved === true, 'it fires').map((line) => indent + line),
    );
  lines.push(...problems.flatMap((one) => renderProblem(screen, sources, one)));
  return lines.map((line) => `${line}\n`).join('');
};

const renderProblem = (screen: Screen, sources: RunResult['sources'], diagnostic: Diagnostic): readonly string[] => {
  const excerpt = diagnostic.excerpt ?? lineAt(sources, diagnostic.place);
  const shown = { ...diagnostic, ...(excerpt === undefined ? {} : { excerpt }) };
  return renderDiagnostic(shown, painter(screen))
    .split('\n')
    .map((line) => indent + line);
};

const painter =
  (screen: Screen): Paint =>
  (style, text) =>
    paint(screen, ({ red: 'bad', yellow: 'warning', blue: 'quiet', bold: 'strong' } as const)[style], text);

const frame = (
  screen: Screen,
  sources: RunResult['sources'],
  place: Place | undefined,
  summary: string,
): readonly string[] => {
  const text = oneLine(summary);
  if (place === undefined) return [`${indent}${text}`];
  const where = `${indent}${oneLine(place.file)}:${place.line}:${place.column}`;
  const line = lineAt(sources, place);
  if (line === undefined) return [where, `${indent}${text}`];
  const { source, carets } = createCodeFrame(line, place);
  const margin = ' '.repeat(String(place.line).length);
  return [
    where,
    `${indent} ${place.line} | ${source}`,
    `${indent} ${margin} | ${paint(screen, 'bad', carets)} ${text}`,
  ];
};

const lineAt = (sources: RunResult['sources'], place: Place | undefined): string | undefined =>
  place === undefined ? undefined : sources[place.file]?.split(/\r?\n/)[place.line - 1];
