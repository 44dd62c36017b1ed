import type { HuntRule } from '../../model/hunt.ts';
import type { SigmaMeta } from '../../query/sigma/rule/rule.ts';
import { techniquesOf } from './select-rules.ts';

/** What a result says of a rule. */
export const describeRule = ({ id, title, level, status, tags, place }: SigmaMeta): HuntRule => ({
  id,
  title,
  level,
  status,
  tags,
  techniques: techniquesOf(tags),
  file: place.file,
  line: place.line,
});
