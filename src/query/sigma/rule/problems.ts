import type { Diagnostic, DiagnosticCode } from '../../../model/diagnostic.ts';
import type { Path } from '../../../util/yaml/locate.ts';
import type { YamlText } from '../../../util/yaml/yaml-file.ts';

export type Severity = Diagnostic['severity'];

/** Collects what is wrong with one document. */
export interface Problems {
  readonly list: readonly Diagnostic[];
  add(path: Path, code: DiagnosticCode, message: string, more?: ProblemDetails): void;
}

interface ProblemDetails {
  readonly hint?: string | null;
  readonly severity?: Severity;
  readonly part?: 'key' | 'value';
  readonly place?: Diagnostic['place'];
}

export const createProblems = (yaml: YamlText): Problems => {
  const list: Diagnostic[] = [];
  return {
    list,
    add: (path, code, message, { place, ...more } = {}) => {
      list.push(yaml.problem(path, { code, message, ...more, ...(place === undefined ? {} : { place }) }));
    },
  };
};
