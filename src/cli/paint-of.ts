import { styleText } from 'node:util';
import { plainPaint, type Paint } from '../report/diagnostics/paint.ts';
import type { Screen } from '../report/terminal/screen.ts';

/** Colors where the screen shows them; the decision is the screen's. */
export const paintOf = (screen: Screen): Paint =>
  screen.color ? (style, text) => styleText(style, text, { validateStream: false }) : plainPaint;
