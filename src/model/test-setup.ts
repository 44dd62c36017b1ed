/** What a test asks of its lab, and upstream's format has no place for: written beside its signals. */
export interface TestSetup {
  /** The role whose host runs the test. */
  readonly runsOn: string;
  /** Debian packages that host needs for it. */
  readonly software: readonly string[];
}

export const plainSetup: TestSetup = { runsOn: 'target', software: [] };
