/** A program that talks to its vendor at a fixed pace, as a host runs it: what stands for a product. */
export interface PollingProgram {
  /** Windows path of the file, for example `C:\\Program Files\\Git\\mingw64\\bin\\git-remote-https.exe`. */
  readonly file: string;
  /** What its command line says after the name. */
  readonly arguments: string;
  readonly polls: {
    readonly url: string;
    readonly everySeconds: number;
    /** `new`: a connection for each poll; `kept`: one, used again. */
    readonly connection: 'new' | 'kept';
  };
  /** A program that starts it once for each poll; null where it stays. */
  readonly startedBy: string | null;
}

/** Ordinary life: a product at the pace that its maker documents. */
export interface Activity extends PollingProgram {
  /** The name of its file. */
  readonly id: string;
  /** Of the test that it is run as. */
  readonly guid: string;
  /** What kind of false positive it stands for: `software updater`, `monitoring agent` … */
  readonly kind: string;
  readonly documented: {
    /** What the maker says of the pace, in our words. */
    readonly pace: string;
    readonly source: string;
    /** What the maker does not say, and we took. */
    readonly assumed: string | null;
  };
}

/** As whoever starts a program by its path writes it. */
export const commandLineOf = (file: string, given: string): string => `"${file}" ${given}`.trim();
