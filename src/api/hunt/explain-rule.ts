import type { Diagnostic } from '../../model/diagnostic.ts';
import { exitCode } from '../../model/exit-code.ts';
import { HarnessError } from '../../model/harness-error.ts';
import type { HuntExplanation, HuntObstacle } from '../../model/hunt-explanation.ts';
import { createSources } from '../../formats/log/sources.ts';
import { createInterpreter } from '../../query/sigma/interpret/interpreter.ts';
import { createNearest, type Obstacle } from '../../query/sigma/interpret/nearest.ts';
import { readField } from '../../query/sigma/interpret/read-field.ts';
import { applies, viewFor, wordsOf } from '../../query/sigma/logsource/applies.ts';
import { boundedCompiled } from '../../query/sigma/match/bounded-compiled.ts';
import { createSigmaMatcher } from '../../query/sigma/match/matcher.ts';
import type { SigmaRule } from '../../query/sigma/rule/rule.ts';
import { matcherText } from '../../query/sigma/values/matcher-text.ts';
import { openDatabase } from '../../telemetry/database.ts';
import { findLogFiles } from '../log-sources/find-files.ts';
import { planParts } from '../log-sources/plan-parts.ts';
import { readPart } from '../log-sources/read-part.ts';
import { compareWithSql, disagreement, type Decided } from './compare-engines.ts';
import { describeRule } from './describe-rule.ts';
import { loadRules } from './load-rules.ts';
import type { HuntSettings } from './settings.ts';

/** Nearest events that are shown. */
const mostNear = 5;
/** Events that SQL decides too. */
const mostDecided = 10_000;

/** Runs one rule over logs, and keeps the events that came nearest. Throws HarnessError `hunt/no-such-rule`. */
export const explainRule = async (name: string, settings: HuntSettings): Promise<HuntExplanation> => {
  const files = await findLogFiles(settings.data, settings.folder);
  const rule = findRule(name, (await loadRules(settings)).rules);
  const matcher = createSigmaMatcher([rule], { checkedHits: 0, checkedEvery: Infinity });
  const diagnostics: Diagnostic[] = [];
  const decided: Decided[] = [];
  const nearest = createNearest(rule, createInterpreter(boundedCompiled()), mostNear);
  const { from, to, signal } = settings;
  const sourceOf = createSources();
  let events = 0;
  let before = 0;
  let file = '';
  for (const part of await planParts(files)) {
    if (part.file.path !== file) before = 0;
    file = part.file.path;
    const reader = readPart(part, { sourceOf, ...(signal === undefined ? {} : { signal }) });
    for (;;) {
      const next = await reader.next();
      if (next.done === true) {
        before += next.value.lines;
        break;
      }
      for (const event of next.value) {
        events++;
        const isWithin =
          (from === undefined || (event.time !== null && event.time >= from)) &&
          (to === undefined || (event.time !== null && event.time < to));
        if (!isWithin || !applies(rule.logsource, wordsOf(event.source))) continue;
        const origin = { ...event.origin, record: event.origin.record + before };
        const placed = before === 0 ? event : { ...event, origin };
        const isMatch = nearest.add(placed, viewFor(rule.logsource, event));
        const isHit = matcher.match(event).length > 0;
        // An expression may have run out of its budget: then the matcher says nothing.
        if (isHit !== isMatch && matcher.undecided().size === 0 && diagnostics.length < mostNear)
          diagnostics.push(disagreement(rule, placed, 'the streaming matcher', isHit));
        if (decided.length < mostDecided) decided.push({ event: placed, isMatch });
      }
    }
  }
  const { seen, matched, near } = nearest.result();
  await using database = await openDatabase();
  const bySql = await compareWithSql(database, rule, decided);
  return {
    rule: describeRule(rule),
    events,
    ofItsSource: seen,
    matched,
    compared: { matcher: seen, sql: bySql.compared },
    diagnostics: [...diagnostics, ...bySql.diagnostics],
    nearest: near.map(({ event, obstacles }) => ({
      ...event.origin,
      time: event.time,
      source: event.source,
      obstacles: obstacles.map((one) => describeObstacle(one, viewFor(rule.logsource, event))),
      fields: event.fields,
    })),
  };
};

const describeObstacle = (
  { selection, item, wanted }: Obstacle,
  { fields }: ReturnType<typeof viewFor>,
): HuntObstacle => {
  const value = item.field === null ? undefined : readField(fields, item.field);
  return {
    selection,
    key: item.key,
    asks: item.matchers.map(matcherText),
    holds: !wanted,
    ...(value === undefined ? {} : { value }),
  };
};

const findRule = (name: string, rules: readonly SigmaRule[]): SigmaRule => {
  const wanted = name.toLowerCase();
  const found = rules.filter((rule) => [rule.id, rule.name, rule.title].some((one) => one?.toLowerCase() === wanted));
  const [first] = found;
  if (first === undefined || found.length > 1)
    throw new HarnessError(
      first === undefined ? `there is no rule "${name}"` : `${found.length} rules are called "${name}"`,
      {
        code: 'hunt/no-such-rule',
        exitCode: exitCode.usage,
        hint: first === undefined ? 'Name it by its id, name or title.' : 'Name it by its id.',
      },
    );
  return first;
};
