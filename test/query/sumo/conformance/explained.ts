import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const page = resolve(import.meta.dirname, '../../../../docs/sumo-conformance.md');

/** Ids that a section of docs/sumo-conformance.md explains: the first column of its table. */
export const readExplained = (section: string): ReadonlySet<string> => {
  const text = readFileSync(page, 'utf8');
  const start = text.indexOf(`## Cases of the ${section}`);
  if (start === -1) throw new Error(`${page} has no section on ${section}`);
  const end = text.indexOf('\n## ', start + 1);
  const own = text.slice(start, end === -1 ? undefined : end);
  return new Set(
    [...own.matchAll(/^\| ([\w-]+) +\|/gm)].flatMap(([, id]) => (id === 'Case' || id === undefined ? [] : [id])),
  );
};
