const placeholder = /#\{([^{}\n]*)\}/g;

/** Names of the inputs that a text asks for, each once, in order. */
export const placeholdersOf = (text: string): readonly string[] => [
  ...new Set([...text.matchAll(placeholder)].map(([, name = '']) => name)),
];

// Defaults of two upstream tests name another input; deeper than a few levels is a circle.
const maxDepth = 8;

/**
 * Puts inputs into a text. Values go in as they stand: they must reach the shell unquoted (`$env:TEMP`, `~`), so whoever
 * chooses an input chooses what the shell runs. A name without a value stays as it is, and so does a circle.
 */
export const fillPlaceholders = (text: string, inputs: Readonly<Record<string, string>>): string => {
  let filled = text;
  for (let depth = 0; depth < maxDepth; depth += 1) {
    const before = filled;
    filled = before.replace(placeholder, (whole, name: string) => (Object.hasOwn(inputs, name) ? (inputs[name] ?? whole) : whole));
    if (filled === before) break;
  }
  return filled;
};
