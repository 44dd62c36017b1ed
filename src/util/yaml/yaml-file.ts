import type { Document, LineCounter, Node } from 'yaml';
import type { Diagnostic, DiagnosticCode } from '../../model/diagnostic.ts';
import type { Place } from '../../model/place.ts';
import { diagnose, type SourceFile } from '../source-file.ts';
import { rangeAt, valueAt, type Path } from './locate.ts';

interface Problem {
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly hint?: string | null;
  readonly severity?: Diagnostic['severity'];
  /** What the caret stands under; the value when absent. */
  readonly part?: 'key' | 'value';
  /** Within the value, when more is known than its path. */
  readonly place?: Place;
}

/** A YAML text that still knows where everything in it stands. */
export interface YamlText {
  readonly source: SourceFile;
  place(path: Path, part?: 'key' | 'value'): Place;
  problem(path: Path, problem: Problem): Diagnostic;
  /** The node at a path, for those who need its style and exact range. */
  node(path: Path): Node | null;
}

/** A YAML file whose value has the shape its schema asks for. */
export interface YamlFile<T> extends YamlText {
  readonly value: T;
}

export const createYamlText = (source: SourceFile, document: Document, lines: LineCounter): YamlText => {
  const place = (path: Path, part: 'key' | 'value' = 'value'): Place => {
    const [start, end] = rangeAt(document, path, part);
    return placeOf(source.file, lines, start, end);
  };
  return {
    source,
    place,
    node: (path) => valueAt(document, path),
    problem: (path, { part, ...problem }) => diagnose(source.text, { place: place(path, part), ...problem }),
  };
};

export const placeOf = (file: string, lines: LineCounter, start: number, end: number): Place => {
  const from = pointOf(lines, start);
  const to = pointOf(lines, end);
  return { file, line: from.line, column: from.col, endLine: to.line, endColumn: to.col };
};

// The counter knows no line of an empty text.
const pointOf = (lines: LineCounter, offset: number): { line: number; col: number } => {
  const point = lines.linePos(offset);
  return point.line === 0 ? { line: 1, col: 1 } : point;
};
