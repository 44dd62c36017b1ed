import { junitFormat } from './junit/junit.ts';
import type { ReportFormat } from './report-format.ts';

/** Every format that needs nothing but the result. */
export const reportFormats: readonly ReportFormat[] = [junitFormat];
