import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Result, RunResult } from '../../../model/run-result.ts';
import type { Row } from './filter/row.ts';
import type { Address, Route } from './routing/hash.ts';

/** What every view reads: the run, and where the reader is in it. */
export interface Report {
  readonly run: RunResult;
  readonly rows: readonly Row[];
  readonly address: Address;
  /** Changes the address without a new entry in the history. */
  readonly change: (change: Partial<Address>) => void;
}

export const ReportContext = createContext<Report | null>(null);

export const useReport = (): Report => {
  const report = useContext(ReportContext);
  if (report === null) throw new Error('a view stands outside the report');
  return report;
};

export const findResult = (run: RunResult, key: string): Result | undefined =>
  run.results.find((result) => result.key.toWellFormed() === key);

export const routeTo = {
  overview: { view: 'overview' } as Route,
  test: (result: Result): Route => ({ view: 'test', key: result.key }),
  detection: (result: Result, id: string): Route => ({ view: 'detection', key: result.key, id }),
};
