import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { exitCode } from '../model/exit-code.ts';
import { HarnessError } from '../model/harness-error.ts';
import type { RunResult } from '../model/run-result.ts';
import { reportFormats } from '../report/formats.ts';
import { createHtmlFormat } from '../report/html/html-format.ts';
import { reportTemplateFile } from '../report/html/template.ts';
import { writeRunJson } from '../report/json/write-run.ts';
import type { ReportFormat } from '../report/report-format.ts';
import { suggestionHint } from '../util/suggest.ts';

const programRoot = resolve(import.meta.dirname, '../..');

/** In the order in which they are written. */
export const formatNames: readonly string[] = ['html', ...reportFormats.map(({ name }) => name)];

/** Writes `run.json` and every report beside it. Returns their names in `folder`. */
export const writeReports = async (folder: string, run: RunResult): Promise<readonly string[]> => [
  await writeRunJson(folder, run),
  ...(await renderReports(folder, run, formatNames)),
];

/** Writes reports of the given formats; `run.json` stays as it is. Returns their names in `folder`. */
export const renderReports = async (
  folder: string,
  run: RunResult,
  formats: readonly string[],
): Promise<readonly string[]> => {
  const written: string[] = [];
  for (const format of await Promise.all(formats.map(findFormat))) {
    for (const [name, text] of Object.entries(format.render(run))) {
      const file = join(folder, name);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
      written.push(name);
    }
  }
  return written;
};

const findFormat = async (name: string): Promise<ReportFormat> => {
  if (name === 'html') return createHtmlFormat(await readTemplate());
  const format = reportFormats.find((candidate) => candidate.name === name);
  if (format !== undefined) return format;
  const hint = suggestionHint(name, formatNames);
  throw new HarnessError(`there is no report format "${name}"`, {
    code: 'report/no-format',
    exitCode: exitCode.usage,
    ...(hint === null ? {} : { hint }),
  });
};

const readTemplate = (): Promise<string> =>
  readFile(join(programRoot, reportTemplateFile), 'utf8').catch((cause: unknown) => {
    throw new HarnessError('the HTML report has not been built', {
      code: 'report/not-built',
      hint: 'run: npm run build',
      cause,
    });
  });
