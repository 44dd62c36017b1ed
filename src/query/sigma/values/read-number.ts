/** A number, written in decimal or hexadecimal; null when the text is something else. */
export const readNumber = (text: string): number | null => {
  if (!/^\s*(?:[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|0x[0-9a-f]+)\s*$/i.test(text)) return null;
  const number = Number(text);
  return Number.isFinite(number) ? number : null;
};
