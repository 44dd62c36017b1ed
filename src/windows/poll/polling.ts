/** What a played program does, again and again at one pace. */
export type Polling = {
  readonly everySeconds: number;
  /** Null: until somebody ends it. */
  readonly times: number | null;
} & (
  | { readonly url: string; readonly connection: 'new' | 'kept' }
  /** A program to start, Windows path, with its whole command line. */
  | { readonly program: string; readonly commandLine: string }
);

/** A program of a product that the persona plays: real in name, parent and traffic, and in nothing else. */
export interface PlayedProgram {
  /** Windows path. */
  readonly file: string;
  readonly does: Polling;
}
