/** One value of a JSON file, with braces around it. */
export interface JsonText {
  readonly text: string;
  /** False when the file ends inside it, or it is longer than any record. */
  readonly isWhole: boolean;
}

const quote = 34;
const backslash = 92;
const openBrace = 123;
const closeBrace = 125;
const openBracket = 91;
const closeBracket = 93;

const longestValue = 64 << 20;

/**
 * The objects of a JSON file of any size: those of its one list, or those that follow one another. A wrapper around a list is one object.
 * Expects UTF-8, whose parts of characters never look like JSON's own marks.
 */
export async function* splitValues(file: AsyncIterable<Buffer>): AsyncGenerator<JsonText> {
  let kept: Buffer[] = [];
  let keptBytes = 0;
  let depth = 0;
  let isInText = false;
  let isEscaped = false;
  for await (const part of file) {
    let start = depth > 0 ? 0 : -1;
    for (let at = 0; at < part.length; at++) {
      const byte = part[at];
      if (isInText) {
        if (isEscaped) isEscaped = false;
        else if (byte === backslash) isEscaped = true;
        else if (byte === quote) isInText = false;
      } else if (byte === quote) isInText = depth > 0;
      else if (byte === openBrace || (byte === openBracket && depth > 0)) {
        if (depth++ === 0) start = at;
      } else if ((byte === closeBrace || byte === closeBracket) && depth > 0 && --depth === 0) {
        const text = Buffer.concat([...kept, part.subarray(Math.max(start, 0), at + 1)]).toString('utf8');
        yield { text, isWhole: keptBytes <= longestValue };
        kept = [];
        keptBytes = 0;
        start = -1;
      }
    }
    if (depth > 0) {
      keptBytes += part.length - Math.max(start, 0);
      if (keptBytes <= longestValue) kept.push(part.subarray(Math.max(start, 0)));
    }
  }
  if (depth > 0) yield { text: Buffer.concat(kept).toString('utf8', 0, 200), isWhole: false };
}
