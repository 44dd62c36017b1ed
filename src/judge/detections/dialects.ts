import type { Detection } from '../../model/detection.ts';
import type { CompiledQuery } from '../../query/engine.ts';
import { dialectAlternatives } from '../../query/sumo/dialect.ts';
import { compileQuery } from './compile.ts';
import type { TimeLine } from './distinct-executions.ts';
import type { Span } from './span.ts';
import { runPhases, type PhaseOutcome, type PhaseRunner } from './run-phases.ts';

/**
 * How the outcome hangs on what the documentation of the rule's language leaves open: a sentence for each option whose other value
 * would have changed at how many start offsets it fires.
 */
export const underOtherReadings = async (
  runner: PhaseRunner,
  detection: Detection,
  query: CompiledQuery,
  { span, line, outcome }: { readonly span: Span; readonly line: TimeLine; readonly outcome: PhaseOutcome },
): Promise<readonly string[]> => {
  if (detection.language !== 'sumo' && detection.language !== 'cloud-siem') return [];
  const own = JSON.stringify(query.plan);
  const found: string[] = [];
  for (const { name, dialect, ofRules } of dialectAlternatives) {
    if (detection.language === 'cloud-siem' && !ofRules) continue;
    const compiled = compileQuery(runner.engine, detection, dialect);
    if (!compiled.ok) found.push(`with ${name} it would be rejected`);
    // The same plan is the same answer.
    if (!compiled.ok || JSON.stringify(compiled.query.plan) === own) continue;
    const other = await runPhases(runner, detection, compiled.query, span, line);
    if (other.fired !== outcome.fired)
      found.push(`with ${name} it would fire at ${other.fired} of ${other.tried} start offsets`);
  }
  return found;
};
