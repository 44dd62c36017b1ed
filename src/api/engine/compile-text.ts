import { readRuleFile } from '../../content/detections/cloud-siem/read-rule-file.ts';
import type { Language } from '../../model/detection.ts';
import type { TextOrigin } from '../../model/place.ts';
import type { Compiled, Engine } from '../../query/engine.ts';

/** A query, or the Cloud SIEM rule that a text of Sumo's is: its rows are the rule's signals. */
export const compileText = (engine: Engine, language: Language, text: string, origin: TextOrigin): Compiled => {
  const rule = language === 'sumo' ? readRuleFile(origin.file, text) : null;
  if (rule === null) return engine.compile(language, text, origin);
  if (!rule.ok) return rule;
  const compiled = engine.compileRule(rule.value);
  return { ...compiled, diagnostics: [...rule.diagnostics, ...compiled.diagnostics] };
};
