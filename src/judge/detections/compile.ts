import type { Detection } from '../../model/detection.ts';
import type { Compiled, Engine } from '../../query/engine.ts';
import type { SumoDialect } from '../../query/sumo/dialect.ts';

export type CompileDetection = (detection: Detection) => Compiled;

/** Compiles each detection once, however many variants it is judged on. */
export const createCompiler = (engine: Engine): CompileDetection => {
  const known = new Map<string, Compiled>();
  return (detection) => {
    const before = known.get(detection.id);
    if (before !== undefined) return before;
    const compiled = compileDetection(engine, detection);
    known.set(detection.id, compiled);
    return compiled;
  };
};

/** A detection of any language as the engine runs it, or why it cannot. */
export const compileDetection = (
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
