/** A place where cmd stops reading: "… was unexpected at this time." */
export class CmdSyntaxError extends Error {
  readonly at: number;

  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

const delimiters = ' \t,;=';

export class Cursor {
  readonly text: string;
  at = 0;
  /** How many parentheses are open: outside of them, `)` is a plain character. */
  depth = 0;

  constructor(text: string) {
    this.text = text;
  }

  peek(ahead = 0): string {
    return this.text.charAt(this.at + ahead);
  }

  get atEnd(): boolean {
    return this.at >= this.text.length;
  }

  take(text: string): boolean {
    if (!this.text.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  skipDelimiters(): void {
    while (!this.atEnd && delimiters.includes(this.peek())) this.at++;
  }

  skipLines(): void {
    while (!this.atEnd && ' \t,;=\r\n'.includes(this.peek())) this.at++;
  }

  /** A word of letters here, lower-case, without consuming it; it must end where a command's name may. */
  peekWord(): string {
    const found = /[a-z]+(?=[\s,;=()<>|&/\\.:+"[\]]|$)/iy;
    found.lastIndex = this.at;
    return (found.exec(this.text)?.[0] ?? '').toLowerCase();
  }

  unexpected(): never {
    const token = /^(?:&&|\|\||>>|[^\s])\S{0,40}/.exec(this.text.slice(this.at))?.[0];
    throw new CmdSyntaxError(
      token === undefined ? 'The syntax of the command is incorrect.' : `${token} was unexpected at this time.`,
      this.at,
    );
  }
}

export const isDelimiter = (char: string): boolean => char !== '' && delimiters.includes(char);

/** Ends a plain command, unless it is quoted or escaped. */
export const endsCommand = (cursor: Cursor): boolean => {
  const char = cursor.peek();
  return char === '' || '&|\r\n'.includes(char) || (char === ')' && cursor.depth > 0);
};
