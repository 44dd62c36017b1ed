/** Remembers what was found in a text, for as long as that pays: logs repeat themselves, but not in every field. */
export interface ValueCache<T> {
  get(text: string): T | undefined;
  set(text: string, found: T): void;
}

const capacity = 8192;
const longest = 512;
const trial = 8192;
/** Below this share of answers a cache costs more than it spares. */
const leastShare = 0.25;

export const createValueCache = <T>(): ValueCache<T> => {
  let young = new Map<string, T>();
  let old = new Map<string, T>();
  let asked = 0;
  let answered = 0;
  let useful = true;
  return {
    get: (text) => {
      if (!useful || text.length > longest) return undefined;
      if (++asked === trial) {
        useful = answered >= trial * leastShare;
        asked = 0;
        answered = 0;
        if (!useful) {
          young = new Map();
          old = new Map();
        }
      }
      const known = young.get(text) ?? old.get(text);
      if (known !== undefined) answered++;
      return known;
    },
    set: (text, found) => {
      if (!useful || text.length > longest) return;
      if (young.size >= capacity) {
        old = young;
        young = new Map();
      }
      young.set(text, found);
    },
  };
};
