import { assertNever } from '../../model/assert-never.ts';
import type { Loss } from '../../model/loss.ts';
import type { Reporter, RunEvent } from '../../model/run-event.ts';
import { plural } from '../../util/plural.ts';
import { formatDuration } from './duration.ts';
import { oneLine } from './one-line.ts';
import { createProgress } from './progress.ts';
import type { Screen } from './screen.ts';
import { dot, paint, sign } from './style.ts';
import { renderSummary } from './summary.ts';
import type { Ticker } from './ticker.ts';
import { isUnmet, renderResult } from './verdict-list.ts';
import { renderWhyNot } from './why-not.ts';

export interface TerminalOptions {
  readonly screen: Screen;
  readonly ticker: Ticker;
  /** Only what is not as expected, and the summary. */
  readonly quiet: boolean;
  /** False where standard output belongs to another (`--json`): progress only. */
  readonly results: boolean;
  readonly attackVersion: string;
}

/** Progress to standard error while the run goes on; verdicts, reasons and the summary to standard output. */
export const createTerminalReporter = ({
  screen,
  ticker,
  quiet,
  results,
  attackVersion,
}: TerminalOptions): Reporter => {
  const progress = createProgress(screen, ticker);
  const note = (text: string): void => {
    if (!quiet) progress.around(() => screen.note(`${text}\n`));
  };
  const print = (text: string): void => {
    if (results && text !== '') progress.around(() => screen.print(text));
  };

  const onEvent = (event: RunEvent): void => {
    switch (event.type) {
      case 'loaded': {
        const { atomics, detections, notLoaded } = event;
        const rejected = notLoaded.length === 0 ? '' : ` (${notLoaded.length} not loaded: see tocsin check)`;
        return note(
          `Loaded ${plural(atomics, 'atomic')}, ${plural(detections, 'detection')}${rejected}, ATT&CK v${attackVersion}`,
        );
      }
      case 'run-started': {
        const { scenario, driver, variants, runId } = event;
        return note(
          [`Run   ${oneLine(scenario)}`, `${driver} driver`, plural(variants.length, 'variant'), runId].join(
            dot(screen),
          ),
        );
      }
      case 'notice':
        return note(oneLine(event.text));
      case 'lab-ready': {
        const { hosts, elapsedMs, sealed } = event;
        const ready = `Lab   ${plural(hosts.length, 'host')} ready in ${formatDuration(elapsedMs)}`;
        return note(`${ready}${dot(screen)}sealed, ${plural(sealed, 'attempt')} to leave it failed`);
      }
      case 'step-started':
        return quiet ? undefined : progress.started(event);
      case 'step-finished':
        return quiet ? undefined : progress.finished(event);
      case 'loss':
        return progress.around(() => screen.note(`${sign(screen, 'open')} ${describeLoss(event.loss)}\n`));
      case 'judged':
        return !quiet || isUnmet(event.result) ? print(`${renderResult(screen, event.result, quiet)}\n`) : undefined;
      case 'run-finished': {
        const { result, folder, files, elapsedMs } = event;
        progress.stop();
        print(renderWhyNot(screen, result, quiet));
        print(
          result.losses.map((loss) => ` ${paint(screen, 'warning', 'Loss')}        ${describeLoss(loss)}\n`).join(''),
        );
        return print(renderSummary(screen, result, { folder, files, elapsedMs }));
      }
      default:
        return assertNever(event);
    }
  };

  return { printsToStdout: results, onEvent };
};

const describeLoss = ({ source, host, kind, count, detail }: Loss): string =>
  `${source}${host === null ? '' : ` of ${oneLine(host)}`}: ${count} ${kind}${detail === '' ? '' : ` (${oneLine(detail)})`}`;
