import type { Command } from 'commander';
import { explainQuery } from '../../api/engine/explain-query.ts';
import { nowOf } from '../../api/open-engine.ts';
import { isError } from '../../model/diagnostic.ts';
import { exitCode, type ExitCode } from '../../model/exit-code.ts';
import { renderDiagnostics } from '../../report/diagnostics/render-diagnostics.ts';
import { renderExplanation } from '../../report/explain/render-explanation.ts';
import { exactJson } from '../../util/exact-json.ts';
import type { Perform } from '../command-line.ts';
import type { CommandContext } from '../context.ts';
import { paintOf } from '../paint-of.ts';
import { parseDataOptions } from '../query/data-options.ts';
import { addQueryOptions, type QueryFlags } from '../query/options.ts';
import { planSteps } from '../query/plan-steps.ts';
import { readQuery } from '../query/query-input.ts';
import { withSession } from '../query/with-session.ts';

export const addExplain = (program: Command, perform: Perform): void => {
  addQueryOptions(program.command('explain'))
    .description('say how a query runs, where its rows went, and what kept it from giving any')
    .option('--json', 'one JSON document on standard output')
    .action((text: string | undefined, flags: QueryFlags) => perform((context) => explain(text, flags, context)));
};

const explain = async (text: string | undefined, flags: QueryFlags, context: CommandContext): Promise<ExitCode> => {
  const { cwd, screen, stdout, signal } = context;
  const now = nowOf(flags.now ?? new Date());
  const options = parseDataOptions(text, flags.data ?? []);
  const input = await readQuery(options.text, flags.file, context);
  const timeLimit = flags.timeLimit === undefined ? {} : { timeLimit: flags.timeLimit * 1000 };
  return await withSession(flags, options.data, cwd, async (session, ofData) => {
    const settings = { now, signal, ...timeLimit };
    const explanation = await explainQuery(session, flags.language, input.text, input.origin, settings);
    const diagnostics = [...ofData, ...explanation.diagnostics];
    if (flags.json === true) {
      const document = { schemaVersion: 1, kind: 'explain', ...explanation, diagnostics };
      stdout.write(`${exactJson(document, 2)}\n`);
    } else {
      screen.note(renderDiagnostics(diagnostics, paintOf(screen)));
      if (explanation.ok) {
        const { plan, sql, rows, funnel, reason } = explanation;
        const steps = planSteps(plan);
        screen.print(renderExplanation(screen, { text: input.text, steps, sql, rows, funnel, reason }));
      }
    }
    return diagnostics.some(isError) ? exitCode.usage : exitCode.ok;
  });
};
