import type { Schedule } from '../../model/detection.ts';
import type { Parsed } from '../../model/diagnostic.ts';
import { checkForeign } from '../../util/yaml/check-foreign.ts';
import type { YamlFile } from '../../util/yaml/yaml-file.ts';
import type { DeclaredDetection } from './declared-detection.ts';
import { sigmaDetection } from './sigma-detection.ts';
import { sigmaRuleSchema } from './sigma-schema.ts';

const hour = 3600;

// Sigma has no schedule: each event is judged as it comes. Hours side by side show each event once, whenever the attack begins.
const streaming: Schedule = { frequencySeconds: hour, periodSeconds: hour, threshold: 0 };

/** A Sigma rule. Its text is its document's alone, so that a file may hold several. */
export const parseSigma = (yaml: YamlFile<unknown>, ordinal: number): Parsed<DeclaredDetection> => {
  const checked = checkForeign(yaml, sigmaRuleSchema);
  return checked.ok ? sigmaDetection(checked, ordinal, { ...documentText(yaml), schedule: streaming }) : checked;
};

/** The lines between the `---` before the document and the one after it. */
const documentText = (yaml: YamlFile<unknown>): { readonly text: string; readonly line: number } => {
  const lines = yaml.source.text.split('\n');
  const at = yaml.place([]).line - 1;
  const isMark = (line: string | undefined): boolean => /^(?:---|\.\.\.)(?:\s|$)/.test(line ?? '');
  const before = lines.findLastIndex((line, index) => index < at && isMark(line));
  const after = lines.findIndex((line, index) => index > at && isMark(line));
  return { text: lines.slice(before + 1, after < 0 ? undefined : after).join('\n'), line: before + 2 };
};
