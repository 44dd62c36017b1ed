import type { Diagnostic } from '../../model/diagnostic.ts';

/**
 * Codes of the binder that its service does not refuse, or that rules in use are known to carry: they warn. Everything else that the
 * binder calls an error is one.
 */
const warnings: Readonly<Record<string, string>> = {
  KS106: 'an operator on a type that it converts',
  KS107: 'an argument of a type that is converted',
  KS134: 'a number that is no integer where one is wanted',
  KS234: 'a dynamic value that is no array where one is wanted',
};

export const severityOf = (code: string, severity: string): Diagnostic['severity'] =>
  severity === 'Error' && !Object.hasOwn(warnings, code) ? 'error' : 'warning';
