/** `[ID NAME="VALUE" …]…` of RFC 5424, as `ID.NAME` and value. */
export type StructuredData = readonly (readonly [name: string, value: string])[];

const opening = /\[([^\s=\]"]{1,64})/y;
const parameter = / +([^\s=\]"]{1,64})="((?:[^"\\\]]|\\[^])*)"/y;

/** Null when it is broken off or malformed; `rest` is the message. */
export const parseStructuredData = (text: string): { readonly data: StructuredData; readonly rest: string } | null => {
  if (text.startsWith('-')) return { data: [], rest: text.slice(text[1] === ' ' ? 2 : 1) };
  const data: (readonly [string, string])[] = [];
  let at = 0;
  while (text[at] === '[') {
    opening.lastIndex = at;
    const id = opening.exec(text)?.[1];
    if (id === undefined) return null;
    at += id.length + 1;
    for (;;) {
      parameter.lastIndex = at;
      const match = parameter.exec(text);
      if (match === null) break;
      data.push([`${id}.${match[1] ?? ''}`, (match[2] ?? '').replace(/\\(["\\\]])/g, '$1')]);
      at = parameter.lastIndex;
    }
    if (text[at] !== ']') return null;
    at++;
  }
  return at === 0 ? null : { data, rest: text.slice(text[at] === ' ' ? at + 1 : at) };
};
