import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Engine } from '../../../src/query/engine.ts';
import { QueryError } from '../../../src/query/query-error.ts';
import { corpusFolder } from '../conformance/cases.ts';
import { now, origin } from '../support.ts';

/** A query that somebody published. */
export interface PublishedQuery {
  readonly repo: string;
  readonly path: string;
  readonly query: string;
}

/**
 * `unbound`: Microsoft's binder finds an error in it with the given schemas, or it reads another system. `refused`: said before running that it is not supported.
 * `failed`: an error while running.
 */
export type PublishedVerdict = 'ran' | 'unbound' | 'refused' | 'failed';

export interface PublishedOutcome {
  readonly verdict: PublishedVerdict;
  readonly detail: string;
}

export const publishedQueries = (): readonly PublishedQuery[] =>
  readFileSync(join(corpusFolder, 'kql/realworld-queries.ndjson'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as PublishedQuery);

const timeLimit = 20_000;

/** Compiles and runs one query. */
export const runPublished = async (engine: Engine, { query }: PublishedQuery): Promise<PublishedOutcome> => {
  const compiled = engine.compile('kql', query, origin);
  if (!compiled.ok) {
    const errors = compiled.diagnostics.filter(({ severity }) => severity === 'error');
    const detail = errors.map(({ code, message }) => `${code} ${message}`).join('; ');
    const ours = errors.every(({ code }) => !/^kql\/(KS|elsewhere)/.test(code) && code !== 'kql/no-query');
    return { verdict: ours ? 'refused' : 'unbound', detail };
  }
  try {
    await engine.run(compiled.query, { now, signal: AbortSignal.timeout(timeLimit) });
    return { verdict: 'ran', detail: '' };
  } catch (error) {
    const detail =
      error instanceof QueryError
        ? error.diagnostics.map(({ code, message }) => `${code} ${message}`).join('; ')
        : error instanceof Error
          ? error.message
          : String(error);
    return { verdict: 'failed', detail };
  }
};
