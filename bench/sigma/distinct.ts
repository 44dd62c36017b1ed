/** Counts distinct texts to a fifth of a percent, in eight megabytes: a set of a million texts would be more than what is measured. */
export const createDistinct = () => {
  const places = 2 ** 26;
  const bits = new Uint32Array(places / 32);
  let set = 0;
  return {
    add: (text: string): void => {
      let hash = 0x811c9dc5;
      for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
      hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
      const place = (hash ^ (hash >>> 13)) >>> 6;
      const bit = 1 << (place & 31);
      const word = bits[place >>> 5] as number;
      if ((word & bit) === 0) set++;
      bits[place >>> 5] = word | bit;
    },
    /** Those that share a place are made up for (linear counting). */
    count: (): number => Math.round(-places * Math.log1p(-set / places)),
  };
};
