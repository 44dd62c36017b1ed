/** Puts a style around a text, or does not: colour is decided once, by whoever owns the screen. */
export type Paint = (style: 'red' | 'yellow' | 'blue' | 'bold', text: string) => string;

export const plainPaint: Paint = (_style, text) => text;
