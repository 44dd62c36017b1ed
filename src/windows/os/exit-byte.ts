/** The host's kernel keeps one byte of an exit code. Windows keeps 32 bits: a code whose last byte is 0 must not become success. */
export const exitByte = (code: number): number => (code === 0 ? 0 : code & 255 || 1);
