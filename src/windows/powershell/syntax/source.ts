import type { Extent } from './extent.ts';
import { isBlank, isNewline } from './characters.ts';

/** A place where the text cannot be read on; `id` is PowerShell's own FullyQualifiedErrorId. */
export class SyntaxFailure extends Error {
  readonly id: string;
  readonly extent: Extent;
  /** PowerShell asks for more input at an interactive prompt; nothing else needs to know. */
  constructor(id: string, message: string, extent: Extent) {
    super(message);
    this.id = id;
    this.extent = extent;
  }
}

/**
 * The text and where the parser stands in it. PowerShell has no token stream of its own: what a character means depends on what
 * the parser expects there (an expression, an argument, a type name), so every rule reads characters itself.
 */
export class Source {
  readonly text: string;
  at = 0;

  constructor(text: string) {
    this.text = text;
  }

  /** The character `ahead` of the current one; `''` at the end. */
  peek(ahead = 0): string {
    return this.text.charAt(this.at + ahead);
  }

  get atEnd(): boolean {
    return this.at >= this.text.length;
  }

  startsWith(text: string): boolean {
    return this.text.startsWith(text, this.at);
  }

  /** Moves on past `text` when it stands here. */
  take(text: string): boolean {
    if (!this.startsWith(text)) return false;
    this.at += text.length;
    return true;
  }

  /** Matches a sticky expression here and moves on past it. */
  match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found !== null) this.at += found[0].length;
    return found;
  }

  from(start: number): Extent {
    return { start, end: this.at };
  }

  textOf(extent: Extent): string {
    return this.text.slice(extent.start, extent.end);
  }

  fail(id: string, message: string, extent: Extent = { start: this.at, end: this.at + 1 }): never {
    throw new SyntaxFailure(id, message, extent);
  }

  /** Blanks, comments and continued lines; stops at a line's end. */
  skipBlanks(): void {
    for (;;) {
      const char = this.peek();
      if (isBlank(char)) this.at++;
      else if (char === '`' && isNewline(this.peek(1))) this.at += this.startsWith('`\r\n') ? 3 : 2;
      else if (char === '#') this.match(/[^\r\n]*/y);
      else if (char === '<' && this.peek(1) === '#') this.skipBlockComment();
      else return;
    }
  }

  skipLines(): void {
    for (;;) {
      this.skipBlanks();
      if (!isNewline(this.peek())) return;
      this.at++;
    }
  }

  skipSeparators(): void {
    for (;;) {
      this.skipLines();
      if (this.peek() !== ';') return;
      this.at++;
    }
  }

  private skipBlockComment(): void {
    const end = this.text.indexOf('#>', this.at + 2);
    if (end < 0)
      this.fail('MissingTerminatorMultiLineComment', 'The comment is missing the terminator: #>.', this.from(this.at));
    this.at = end + 2;
  }
}
