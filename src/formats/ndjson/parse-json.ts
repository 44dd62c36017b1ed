// Sixteen digits and more may be beyond what a double holds exactly.
const longNumber = /[:[,\s]-?\d{16}/;

type SourceReviver = (key: string, value: unknown, context: { readonly source?: string }) => unknown;

const keepDigits: SourceReviver = (_key, value, { source }) =>
  typeof value === 'number' && !Number.isSafeInteger(value) && source !== undefined && /^-?\d+$/.test(source)
    ? source
    : value;

export type ParsedJson =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly reason: string };

/** JSON in which an integer beyond 2^53 keeps its digits, as text. */
export const parseJson = (text: string): ParsedJson => {
  try {
    const value: unknown = longNumber.test(text) ? JSON.parse(text, keepDigits as never) : JSON.parse(text);
    return { ok: true, value };
  } catch (error) {
    if (error instanceof SyntaxError) return { ok: false, reason: 'not JSON' };
    // A million brackets in one another take more stack than there is.
    if (error instanceof RangeError) return { ok: false, reason: 'JSON nested too deep' };
    throw error;
  }
};
