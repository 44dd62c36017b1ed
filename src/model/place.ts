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
