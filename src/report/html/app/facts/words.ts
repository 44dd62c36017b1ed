import type { Mark } from '../../../../model/persona.ts';
import type { TechniqueCoverage } from '../../../../model/run-result.ts';
import type { DetectionVerdict, SignalVerdict } from '../../../../model/verdict.ts';

export const verdictMeaning: Readonly<Record<DetectionVerdict, string>> = {
  fired: 'It fired on this test.',
  missed: 'The telemetry was there, and it did not fire.',
  blind: 'The clause that removed the last row reads what no active sensor fills.',
  broken: 'Its platform’s schema or grammar rejects it.',
  quiet: 'It stayed silent, as it should.',
  noisy: 'It fired where it must not, or would have fired without the attack.',
  'not-run': 'The attack did not happen, so there is nothing to judge.',
  error: 'Tocsin could not judge it.',
};

export const signalMeaning: Readonly<Record<SignalVerdict, string>> = {
  seen: 'The telemetry holds what the test must leave behind.',
  absent: 'A sensor could have seen it, and did not.',
  unobservable: 'No sensor of the host can produce it.',
};

export const markMeaning: Readonly<Record<Mark, string>> = {
  'emulated-persona':
    'A Linux host passed for Windows: its processes, sockets and files are real, its Windows is emulated.',
  'emulated-product': 'A product is played by a client of ours that has its name, its pace and nothing else of it.',
  'compressed-clock': 'The drill ran faster than real time.',
  'dropped-packets': 'The packet sensor had no room for some frames.',
  'declared-zone': 'Whether an address is public, and whose it is, comes from the lab’s topology.',
  'synthetic-log-source': 'The log is written by the lab’s counterpart of the product.',
  'extra-columns': 'It reads columns that the product has only where somebody adds them.',
  'always-null-column': 'It reads a column that the product always leaves empty here.',
  'undocumented-behavior': 'It hangs on something that its language’s documentation leaves open: see its reason.',
};

export const coverageMeaning: Readonly<Record<TechniqueCoverage['status'], string>> = {
  detected: 'every test of it that was tried set a detection off',
  partial: 'some tests of it set a detection off',
  'telemetry-only': 'the telemetry was there, and no detection fired',
  blind: 'no active sensor sees it',
  noisy: 'a detection fired where it must not',
  untested: 'no test of it ran',
};

const exitMeanings: Readonly<Record<number, string>> = {
  0: 'all expectations met',
  1: 'a gap: an expectation was not met',
  2: 'usage, configuration or content is wrong',
  3: 'the environment failed: no verdict on the detections',
  4: 'something was left behind',
  70: 'a fault in Tocsin',
  130: 'interrupted',
  143: 'terminated',
};

export const exitMeaning = (code: number): string => exitMeanings[code] ?? 'unknown exit code';
