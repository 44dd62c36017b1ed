// C0 and C1 controls, and the characters that reorder or hide what stands beside them.
const unsafe = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** Text of a file that others wrote, safe on a terminal: a tab is one space, what would steer the terminal is a box. */
export const displayText = (text: string): string => text.replace(unsafe, (c) => (c === '\t' ? ' ' : '\ufffd'));

// Characters that a terminal gives two cells: East Asian wide, and emoji.
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}|[\u{20000}-\u{3fffd}]/u;

/** Cells that a text takes on a terminal. */
export const displayWidth = (text: string): number =>
  [...text].reduce((cells, c) => cells + (/\p{Mn}/u.test(c) ? 0 : wide.test(c) ? 2 : 1), 0);
