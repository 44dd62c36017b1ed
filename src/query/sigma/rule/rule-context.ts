import type { YamlText } from '../../../util/yaml/yaml-file.ts';
import type { Placeholders } from '../values/placeholders.ts';
import type { Problems } from './problems.ts';

/** What every part of a rule needs to be parsed: its text, a place for problems, and what placeholders stand for. */
export interface RuleContext {
  readonly yaml: YamlText;
  readonly problems: Problems;
  readonly placeholders: Placeholders;
}
