import type { TechniqueCoverage } from './run-result.ts';

export interface TacticCoverage {
  /** For example `TA0011`. */
  readonly tactic: string;
  readonly name: string;
  /** Techniques of the tactic that were tried, and that every test of detected. */
  readonly techniques: { readonly tried: number; readonly detected: number };
  /** Tests on those techniques, and those that were detected. A technique counts under each of its tactics. */
  readonly tests: { readonly tried: number; readonly detected: number };
}

/** What runs say of techniques and tactics: observed, never claimed, and never without a denominator. */
export interface CoverageReport {
  readonly runs: readonly string[];
  readonly attack: string;
  readonly techniques: readonly TechniqueCoverage[];
  /** In the order of the matrix; those alone that a technique of the report is in. */
  readonly tactics: readonly TacticCoverage[];
  /** Each test once. */
  readonly tests: { readonly tried: number; readonly detected: number };
}
