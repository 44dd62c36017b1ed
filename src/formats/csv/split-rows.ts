export interface CsvRow {
  readonly cells: readonly string[];
  /** Number of its first line, from 1. */
  readonly line: number;
  /** False when its quotes do not end, before the file or any cell that a log could have. */
  readonly isWhole: boolean;
}

export interface RowSplitter {
  add(text: string): readonly CsvRow[];
  end(): readonly CsvRow[];
}

const quote = '"';
const longestCell = 16 << 20;

/** Rows of RFC 4180: cells in quotes may hold separators, line ends and doubled quotes. */
export const createRowSplitter = (separator: string): RowSplitter => {
  let cells: string[] = [];
  let cell = '';
  let isQuoted = false;
  let line = 1;
  let firstLine = 1;
  // A quote at the end of a part closes the cell, unless the next part begins with one.
  let pending = '';

  const endRow = (): CsvRow => {
    cells.push(cell);
    const row = { cells, line: firstLine, isWhole: !isQuoted };
    cells = [];
    cell = '';
    isQuoted = false;
    firstLine = line;
    return row;
  };

  return {
    add: (part) => {
      const text = pending + part;
      const rows: CsvRow[] = [];
      let at = 0;
      pending = '';
      if (cell.length > longestCell) rows.push(endRow());
      while (at < text.length) {
        if (isQuoted) {
          const close = text.indexOf(quote, at);
          const inside = text.slice(at, close < 0 ? text.length : close);
          line += count(inside, '\n');
          cell += inside;
          if (close < 0) break;
          if (close + 1 === text.length) {
            pending = quote;
            break;
          }
          if (text[close + 1] === quote) cell += quote;
          else isQuoted = false;
          at = close + (isQuoted ? 2 : 1);
          continue;
        }
        const end = nextMark(text, at, separator);
        cell += text.slice(at, end);
        if (end >= text.length) break;
        const mark = text[end];
        at = end + 1;
        if (mark === separator) {
          cells.push(cell);
          cell = '';
        } else if (mark === quote) {
          // Inside a cell without quotes it is a character like any other.
          if (cell === '') isQuoted = true;
          else cell += quote;
        } else {
          line++;
          if (cell.endsWith('\r')) cell = cell.slice(0, -1);
          rows.push(endRow());
        }
      }
      return rows;
    },
    end: () => {
      if (pending !== '') isQuoted = false;
      return cells.length > 0 || cell !== '' || isQuoted ? [endRow()] : [];
    },
  };
};

const nextMark = (text: string, from: number, separator: string): number => {
  for (let at = from; at < text.length; at++) {
    const character = text[at];
    if (character === separator || character === quote || character === '\n') return at;
  }
  return text.length;
};

const count = (text: string, character: string): number => text.split(character).length - 1;
