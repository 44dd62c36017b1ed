import type { Detection } from '../../model/detection.ts';
import type { Compiled, CompiledCorrelation, Engine } from '../../query/engine.ts';
import type { SumoDialect } from '../../query/sumo/dialect.ts';

export type CompiledDetection = Compiled | CompiledCorrelation;

export type CompileDetection = (detection: Detection) => CompiledDetection;

/** Compiles each detection once, however many variants it is judged on. */
export const createCompiler = (engine: Engine): CompileDetection => {
  const known = new Map<string, CompiledDetection>();
  return (detection) => {
    const before = known.get(detection.id);
    if (before !== undefined) return before;
    const compiled = compileDetection(engine, detection);
    known.set(detection.id, compiled);
    return compiled;
  };
};

/** A detection of any language as the engine runs it, or why it cannot. */
export const compileDetection = (engine: Engine, detection: Detection): CompiledDetection => {
  const { language, text, place } = detection;
  const correlation = language === 'sigma' ? engine.compileCorrelation(text, place, detection) : null;
  return correlation ?? compileQuery(engine, detection);
};

/** One that is a query or becomes one: all but correlations. */
export const compileQuery = (
  engine: Engine,
  { language, text, place, schedule, rule }: Detection,
  sumo: Partial<SumoDialect> = {},
): Compiled => {
  // A scheduled search looks back as far as its rule says.
  if (language === 'sumo')
    return engine.compile(language, text, place, { rangeMillis: schedule.periodSeconds * 1000, ...sumo });
  if (language !== 'cloud-siem') return engine.compile(language, text, place);
  if (rule === undefined) throw new Error('a Cloud SIEM rule comes read');
  return engine.compileRule(rule, sumo);
};
