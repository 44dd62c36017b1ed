/** A point in a text file. Lines and columns count from 1, columns in UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Where something stands in a file people wrote. `file` is relative to the project folder, with forward slashes. */
export interface Place extends Position {
  readonly file: string;
  /** End of the range, exclusive; absent when only a point is known. */
  readonly endLine?: number;
  readonly endColumn?: number;
}

/** Where a text begins that stands inside a file: a query in a YAML block, for example. */
export interface TextOrigin extends Place {
  /** Columns that the file has before every line of the text but the first, whose own stand in `column`. Default 0. */
  readonly indent?: number;
}

/** A range of a text, in the file that holds the text. */
export const placeInText = (origin: TextOrigin, start: Position, end: Position | null = null): Place => {
  const from = pointInText(origin, start);
  const place = { file: origin.file, line: from.line, column: from.column };
  if (end === null) return place;
  const to = pointInText(origin, end);
  return { ...place, endLine: to.line, endColumn: to.column };
};

const pointInText = (origin: TextOrigin, { line, column }: Position): Position => ({
  line: origin.line + line - 1,
  column: column + (line === 1 ? origin.column - 1 : (origin.indent ?? 0)),
});
