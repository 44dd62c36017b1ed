import { attireFormat } from './attire/attire.ts';
import { junitFormat } from './junit/junit.ts';
import { markdownFormat } from './markdown/markdown.ts';
import { navigatorFormat } from './navigator/navigator.ts';
import type { ReportFormat } from './report-format.ts';
import { sarifFormat } from './sarif/sarif.ts';

/** Every format that needs nothing but the result. */
export const reportFormats: readonly ReportFormat[] = [
  junitFormat,
  navigatorFormat,
  markdownFormat,
  sarifFormat,
  attireFormat,
];
