import type { HuntProgress } from '../../api/hunt/settings.ts';
import { plural } from '../../util/plural.ts';
import type { Screen } from '../../report/terminal/screen.ts';
import { dot, fit } from '../../report/terminal/style.ts';
import type { Ticker } from '../../report/terminal/ticker.ts';

const redrawMs = 200;
const heartbeatMs = 10_000;

/** One line that is redrawn on a terminal, one every ten seconds in a log. */
export const createHuntProgress = (screen: Screen, ticker: Ticker) => {
  const start = ticker.now();
  let latest: HuntProgress | null = null;
  let shown = '';
  const stopTicking = ticker.every(screen.live ? redrawMs : heartbeatMs, () => {
    if (latest === null) return;
    const text = fit(screen, progressText(screen, latest, (ticker.now() - start) / 1000), screen.width - 1);
    if (text === shown) return;
    shown = text;
    screen.note(screen.live ? `\r\u001b[K${text}` : `${text}\n`);
  });
  return {
    update: (progress: HuntProgress): void => {
      latest = progress;
    },
    stop: (): void => {
      stopTicking();
      if (screen.live && shown !== '') screen.note('\r\u001b[K');
    },
  };
};

const progressText = (
  screen: Screen,
  { files, filesDone, bytes, bytesDone, events, hits }: HuntProgress,
  seconds: number,
) =>
  [
    `${bytes === 0 ? 100 : Math.floor((100 * bytesDone) / bytes)} %`,
    `${filesDone} of ${plural(files, 'file')}`,
    `${events.toLocaleString('en')} events`,
    `${hits.toLocaleString('en')} hits`,
    ...(seconds > 0 ? [`${Math.round(events / seconds).toLocaleString('en')} events/s`] : []),
  ].join(dot(screen));
