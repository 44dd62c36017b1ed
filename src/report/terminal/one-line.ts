import { stripVTControlCharacters } from 'node:util';
import { displayText } from '../diagnostics/display-text.ts';

/** What a host printed or named, as one line that cannot steer the terminal. */
export const oneLine = (text: string): string => displayText(stripVTControlCharacters(text).replace(/\s+/gu, ' '));
