const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\u2028\u2029]/gu;

/** Names come from files and hosts: what is unseen in them, or turns its neighbors around, is shown by its number. */
export const visibleText = (text: string): string =>
  text.replace(unseen, (found) => `⟨U+${(found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`);
