import type { Diagnostic } from '../../model/diagnostic.ts';
import type { HuntVerification } from '../../model/hunt.ts';
import { applies, wordsOf } from '../../query/sigma/logsource/applies.ts';
import type { SigmaRule } from '../../query/sigma/rule/rule.ts';
import { openDatabase } from '../../telemetry/database.ts';
import { compareWithSql } from './compare-engines.ts';
import type { SampledEvent } from './match-part.ts';

/** Has SQL decide every rule again on the sampled events of its source. `rules`: by number; those in `open` have no answer to compare. */
export const verifyBySql = async (
  rules: readonly SigmaRule[],
  sampled: readonly SampledEvent[],
  open: ReadonlySet<number>,
  signal: AbortSignal | undefined,
): Promise<{ readonly verified: HuntVerification; readonly diagnostics: readonly Diagnostic[] }> => {
  const words = sampled.map(({ event }) => wordsOf(event.source));
  const diagnostics: Diagnostic[] = [];
  let compared = 0;
  let pairs = 0;
  await using database = await openDatabase();
  for (const [number, rule] of rules.entries()) {
    signal?.throwIfAborted();
    const meant = sampled.filter((_, index) => applies(rule.logsource, words[index] ?? wordsOf(noSource)));
    if (meant.length === 0 || open.has(number)) continue;
    const decided = meant.map(({ event, rules: hits }) => ({ event, isMatch: hits.includes(number) }));
    const found = await compareWithSql(database, rule, decided);
    diagnostics.push(...found.diagnostics);
    compared++;
    pairs += found.compared;
  }
  return { verified: { rules: compared, pairs }, diagnostics };
};

const noSource = { product: null, service: null, category: null, channel: null, provider: null, eventId: null };
