/** Relative to the project folder; built by `scripts/build-report.ts`. */
export const reportTemplateFile = 'dist/report/index.html';

/** Stands in the template where the run goes. */
export const dataPlaceholder = '__TOCSIN_RUN_RESULT__';

/** Id of the element that holds the run. */
export const dataElementId = 'tocsin-run';
