import type { Diagnostic } from '../../model/diagnostic.ts';
import type { TextOrigin } from '../../model/place.ts';
import { locateText } from '../../util/yaml/locate-text.ts';
import type { Path } from '../../util/yaml/locate.ts';
import type { YamlText } from '../../util/yaml/yaml-file.ts';

export interface LocatedQuery {
  readonly place: TextOrigin;
  readonly warnings: readonly Diagnostic[];
}

/** Where a query inside a YAML file begins. One whose lines are not lines of the file is pointed at by its own lines. */
export const locateQuery = (yaml: YamlText, path: Path): LocatedQuery => {
  const place = locateText(yaml, path);
  if (place !== null) return { place, warnings: [] };
  const warning = yaml.problem(path, {
    code: 'detection/folded-query',
    severity: 'warning',
    message: 'the lines of this query are not lines of the file: places in it count from its own first line',
    part: 'key',
    hint: 'write it as a block: `query: |`',
  });
  return { place: { file: ownLinesOf(yaml.source.file), line: 1, column: 1 }, warnings: [warning] };
};

/** Names a text that stands in a file in a form of its own. */
const ownLinesOf = (file: string): string => `${file}#query`;
