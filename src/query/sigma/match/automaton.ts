/** Finds all words of a set in one pass over a text (Aho–Corasick). */
export interface Automaton {
  /** Puts the number of every word that occurs into `found`, each once, from index `length` on; gives the new length. */
  scan(text: string, found: Uint32Array, length: number): number;
  readonly states: number;
}

const asciiSize = 128;

/** Words are compared code unit by code unit; none may be empty. */
export const createAutomaton = (words: readonly string[]): Automaton => {
  const classes = classify(words);
  const width = classes.count;
  const trie = buildTrie(words, classes);
  const next = new Uint32Array(trie.states * width);
  // The words that end in a state: those of its own, then those of the longest suffix that ends any.
  const suffix = new Uint32Array(trie.states);
  const queue: number[] = [];
  const fail = new Uint32Array(trie.states);
  for (let code = 0; code < width; code++) {
    const child = trie.child(0, code);
    if (child !== 0) queue.push(child);
    next[code] = child;
  }
  for (const state of queue) {
    const back = fail[state] ?? 0;
    suffix[state] = trie.ends[back] === undefined ? (suffix[back] ?? 0) : back;
    for (let code = 0; code < width; code++) {
      const child = trie.child(state, code);
      const fallback = next[back * width + code] ?? 0;
      if (child === 0) next[state * width + code] = fallback;
      else {
        next[state * width + code] = child;
        fail[child] = fallback;
        queue.push(child);
      }
    }
  }
  const outputs = collectOutputs(trie, suffix);
  // States are kept as offsets into the table, the sign bit telling whether words end there: one load per character.
  const table = new Int32Array(next.length);
  for (let at = 0; at < next.length; at++) {
    const state = next[at] ?? 0;
    table[at] = outputs[state] === undefined ? state * width : ~(state * width);
  }
  const { ascii, others } = classes;
  const seen = new Uint32Array(words.length);
  let round = 0;
  return {
    states: trie.states,
    scan: (text, found, length) => {
      let at = 0;
      let count = length;
      round++;
      for (let index = 0; index < text.length; index++) {
        const code = text.charCodeAt(index);
        const kind = code < asciiSize ? (ascii[code] ?? 0) : others.size === 0 ? 0 : (others.get(code) ?? 0);
        at = table[at + kind] ?? 0;
        if (at < 0) {
          at = ~at;
          for (const word of outputs[at / width] ?? []) {
            if (seen[word] === round) continue;
            seen[word] = round;
            found[count++] = word;
          }
        }
      }
      return count;
    },
  };
};

interface Classes {
  /** Class 0 is every character that is in no word. */
  readonly ascii: Uint16Array;
  readonly others: ReadonlyMap<number, number>;
  readonly count: number;
}

const classify = (words: readonly string[]): Classes => {
  const ascii = new Uint16Array(asciiSize);
  const others = new Map<number, number>();
  let count = 1;
  for (const word of words) {
    for (let index = 0; index < word.length; index++) {
      const code = word.charCodeAt(index);
      if (code < asciiSize) {
        if (ascii[code] === 0) ascii[code] = count++;
      } else if (!others.has(code)) others.set(code, count++);
    }
  }
  return { ascii, others, count };
};

interface Trie {
  readonly states: number;
  /** 0 when there is none: the root is nobody's child. */
  child(state: number, code: number): number;
  /** By state, the words that end there. */
  readonly ends: readonly (readonly number[] | undefined)[];
}

const buildTrie = (words: readonly string[], { ascii, others, count }: Classes): Trie => {
  const children = new Map<number, number>();
  const ends: number[][] = [];
  let states = 1;
  for (const [word, text] of words.entries()) {
    let state = 0;
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index);
      const kind = code < asciiSize ? (ascii[code] ?? 0) : (others.get(code) ?? 0);
      const key = state * count + kind;
      let child = children.get(key);
      if (child === undefined) {
        child = states++;
        children.set(key, child);
      }
      state = child;
    }
    (ends[state] ??= []).push(word);
  }
  return { states, ends, child: (state, code) => children.get(state * count + code) ?? 0 };
};

const collectOutputs = ({ ends, states }: Trie, suffix: Uint32Array): readonly (readonly number[] | undefined)[] => {
  const outputs: (readonly number[] | undefined)[] = [];
  for (let state = 0; state < states; state++) {
    const found: number[] = [];
    for (let at = state; at !== 0; at = suffix[at] ?? 0) found.push(...(ends[at] ?? []));
    outputs.push(found.length === 0 ? undefined : found);
  }
  return outputs;
};
