/**
 * Something that real Windows does and this persona does not. It passes through every `catch` of a script and ends the program
 * with `notImplementedExit`: a test must never look executed when part of it was skipped.
 */
export class NotImplemented extends Error {
  constructor(what: string) {
    super(`not implemented by the Windows persona: ${what}`);
    this.name = 'NotImplemented';
  }
}
