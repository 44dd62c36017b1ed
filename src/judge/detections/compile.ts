import type { Detection } from '../../model/detection.ts';
import type { Compiled, Engine } from '../../query/engine.ts';

export type CompileDetection = (detection: Detection) => Compiled;

/** Compiles each detection once, however many variants it is judged on. */
export const createCompiler = (engine: Engine): CompileDetection => {
  const known = new Map<string, Compiled>();
  return (detection) => {
    const before = known.get(detection.id);
    if (before !== undefined) return before;
    const compiled = engine.compile(detection.language, detection.text, detection.place);
    known.set(detection.id, compiled);
    return compiled;
  };
};
