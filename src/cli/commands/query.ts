import { Option, type Command } from 'commander';
import { nowOf } from '../../api/open-engine.ts';
import { isError } from '../../model/diagnostic.ts';
import { exitCode, type ExitCode } from '../../model/exit-code.ts';
import { renderDiagnostics } from '../../report/diagnostics/render-diagnostics.ts';
import { renderCsv } from '../../report/rows/render-csv.ts';
import { renderNdjson } from '../../report/rows/render-ndjson.ts';
import { renderTable } from '../../report/rows/render-table.ts';
import type { Rows } from '../../report/rows/rows.ts';
import { exactJson } from '../../util/exact-json.ts';
import type { Perform } from '../command-line.ts';
import type { CommandContext } from '../context.ts';
import { paintOf } from '../paint-of.ts';
import { answerBatch } from '../query/answer-batch.ts';
import { parseDataOptions } from '../query/data-options.ts';
import { addQueryOptions, type QueryFlags } from '../query/options.ts';
import { readQuery } from '../query/query-input.ts';
import { withSession } from '../query/with-session.ts';

type Format = 'table' | 'json' | 'csv' | 'ndjson';

interface Flags extends QueryFlags {
  readonly format: Format;
  readonly batch?: string;
}

export const addQuery = (program: Command, perform: Perform): void => {
  addQueryOptions(program.command('query'))
    .description('run one query over files, or a batch of queries; reaches nothing but the tables it is given')
    .addOption(
      new Option('--format <format>', 'of the rows').choices(['table', 'json', 'csv', 'ndjson']).default('table'),
    )
    .option('--json', 'the same as --format json')
    .option(
      '--batch <file>',
      'answer every line {id, language, query, tables?, now?} of an NDJSON file; - is standard input',
    )
    .action((text: string | undefined, flags: Flags) =>
      perform((context) =>
        flags.batch === undefined ? query(text, flags, context) : answerBatch(flags.batch, flags, context),
      ),
    );
};

const query = async (text: string | undefined, flags: Flags, context: CommandContext): Promise<ExitCode> => {
  const { cwd, screen, stdout, signal } = context;
  const format = flags.json === true ? 'json' : flags.format;
  const now = nowOf(flags.now ?? new Date());
  const options = parseDataOptions(text, flags.data ?? []);
  const input = await readQuery(options.text, flags.file, context);
  const timeLimit = flags.timeLimit === undefined ? {} : { timeLimit: flags.timeLimit * 1000 };
  return await withSession(flags, options.data, cwd, async (session, ofData) => {
    const outcome = await session.query(flags.language, input.text, input.origin, { now, signal, ...timeLimit });
    const diagnostics = [...ofData, ...outcome.diagnostics];
    const { columns, rows } = outcome.ok ? outcome : { columns: [], rows: [] };
    if (format === 'json') {
      const document = { schemaVersion: 1, kind: 'query', ok: outcome.ok, columns, rows, diagnostics };
      // Data is not for this terminal to respell.
      stdout.write(`${exactJson(document, 2)}\n`);
    } else {
      screen.note(renderDiagnostics(diagnostics, paintOf(screen)));
      if (outcome.ok) stdout.write(renderRows(format, { columns, rows }, context));
    }
    return diagnostics.some(isError) ? exitCode.usage : exitCode.ok;
  });
};

const renderRows = (format: Exclude<Format, 'json'>, rows: Rows, { screen }: CommandContext): string => {
  switch (format) {
    case 'csv':
      return renderCsv(rows);
    case 'ndjson':
      return renderNdjson(rows);
    case 'table':
      return renderTable(screen, rows);
  }
};
