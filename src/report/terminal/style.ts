import { styleText } from 'node:util';
import { displayWidth } from '../diagnostics/display-text.ts';
import type { Screen } from './screen.ts';

type Format = Parameters<typeof styleText>[0];

export type Tone = 'good' | 'bad' | 'warning' | 'quiet' | 'strong';

const formats: Readonly<Record<Tone, Format>> = {
  good: 'green',
  bad: 'red',
  warning: 'yellow',
  quiet: 'dim',
  strong: 'bold',
};

export const paint = ({ color }: Screen, tone: Tone, text: string): string =>
  color && text !== '' ? styleText(formats[tone], text, { validateStream: false }) : text;

/** Never colour alone: every state has its own sign, and an ASCII form of it. */
const signs = {
  met: ['✓', 'ok  ', 'good'],
  unmet: ['✗', 'FAIL', 'bad'],
  open: ['!', 'note', 'warning'],
  skipped: ['–', 'skip', 'quiet'],
} as const;

export type Sign = keyof typeof signs;

export const sign = (screen: Screen, name: Sign): string => {
  const [unicode, ascii, tone] = signs[name];
  return paint(screen, tone, screen.unicode ? unicode : ascii);
};

/** Between two facts, and between a whole and its part. */
export const dot = ({ unicode }: Screen): string => (unicode ? ' · ' : ' - ');
export const arrow = ({ unicode }: Screen): string => (unicode ? ' › ' : ' > ');

/** Cut to `width` cells, the end replaced by an ellipsis. */
export const fit = ({ unicode }: Screen, text: string, width: number): string => {
  if (displayWidth(text) <= width) return text;
  const ellipsis = unicode ? '…' : '...';
  let kept = '';
  for (const character of text) {
    if (displayWidth(kept + character) > width - ellipsis.length) break;
    kept += character;
  }
  return kept + ellipsis;
};

/** `text` and spaces up to `width` cells. */
export const pad = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - displayWidth(text)));
