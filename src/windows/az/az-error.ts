/** What az says to its user and ends with: 1 for what a service refused, 2 for what it did not understand. */
export class AzError extends Error {
  readonly exitCode: 1 | 2;

  constructor(message: string, exitCode: 1 | 2 = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}
