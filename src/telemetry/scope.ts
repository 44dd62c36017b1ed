import type { Scope } from './hub.ts';
import { sqlString } from './database.ts';

/** What a hub shows before anyone asks: the whole scenario, when it happened. */
export const wholeScenario: Scope = { variant: null, shiftMicros: 0 };

/** SQL that puts every product view into a scope. Variables work in a sealed database; settings and tables do not. */
export const renderScope = ({ variant, shiftMicros, window }: Scope): string => {
  const bound = (at: number | undefined): string => (at === undefined ? 'NULL' : String(at - shiftMicros));
  return [
    `SET VARIABLE tocsin_variant = ${variant === null ? 'NULL' : sqlString(variant)}`,
    `SET VARIABLE tocsin_shift = ${String(shiftMicros)}`,
    `SET VARIABLE tocsin_from = ${bound(window?.from)}`,
    `SET VARIABLE tocsin_until = ${bound(window?.until)}`,
  ].join('; ');
};
