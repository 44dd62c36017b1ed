/** Whether `text` matches a pattern in which `*` stands for any run of characters and `?` for one. */
export const matchesGlob = (pattern: string, text: string): boolean => {
  const source = pattern.replace(/[.*+?^${}()|[\]\\]/g, (c) => (c === '*' ? '.*' : c === '?' ? '.' : `\\${c}`));
  return new RegExp(`^${source}$`, 's').test(text);
};

export const isGlob = (pattern: string): boolean => /[*?]/.test(pattern);
