/** Looks a variable up; null when it is not set. */
export type Lookup = (name: string) => string | null;

const substring = (value: string, from: string, length: string | undefined): string => {
  const start = Number(from) < 0 ? Math.max(0, value.length + Number(from)) : Number(from);
  if (length === undefined) return value.slice(start);
  return Number(length) < 0 ? value.slice(start, Number(length)) : value.slice(start, start + Number(length));
};

/** `a=b` replaces every a, ignoring case; `*a=b` everything up to the first a. */
const replaced = (value: string, search: string, replacement: string): string => {
  if (search.startsWith('*')) {
    const at = value.toLowerCase().indexOf(search.slice(1).toLowerCase());
    return at < 0 ? value : replacement + value.slice(at + search.length - 1);
  }
  return value.replace(new RegExp(search.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'gi'), () => replacement);
};

const modified = (value: string, modifier: string): string => {
  const slice = /^~(-?\d+)(?:,(-?\d+))?$/.exec(modifier);
  if (slice !== null) return substring(value, slice[1] ?? '0', slice[2]);
  const equals = modifier.indexOf('=', 1);
  return equals < 0 ? value : replaced(value, modifier.slice(0, equals), modifier.slice(equals + 1));
};

/**
 * Replaces `%NAME%`, `%NAME:~1,2%` and `%NAME:a=b%`, before anything else reads the line. On a command line, unlike in a batch file,
 * a variable that is not set stays as it was written.
 */
export const expandPercent = (line: string, lookUp: Lookup): string =>
  line.replace(/%([^%:\r\n]+)(?::([^%\r\n]*))?%/g, (written, name: string, modifier?: string) => {
    const value = lookUp(name);
    if (value === null) return written;
    return modifier === undefined ? value : modified(value, modifier);
  });

/** `!NAME!` with the modifiers of `%NAME%`; what is not set is nothing. */
export const expandDelayed = (text: string, lookUp: Lookup): string =>
  text.replace(/!([^!:\r\n]+)(?::([^!\r\n]*))?!/g, (_, name: string, modifier?: string) => {
    const value = lookUp(name);
    if (value === null) return '';
    return modifier === undefined ? value : modified(value, modifier);
  });

/**
 * A line of a batch file: `%%` is one percent sign, `%1` and `%~dp0` are arguments, and a variable that is not set is nothing.
 * `argument` gets what stands behind the sign.
 */
export const expandBatch = (line: string, lookUp: Lookup, argument: Lookup): string =>
  line.replace(
    /%(?:(%)|(\*|(?:~[fdpnxsatz]*)?\d)|([^%:\r\n]+)(?::([^%\r\n]*))?%)/gi,
    (_, percent?: string, position?: string, name?: string, modifier?: string) => {
      if (percent !== undefined) return '%';
      if (position !== undefined) return argument(position) ?? '';
      const value = lookUp(name ?? '');
      if (value === null) return '';
      return modifier === undefined ? value : modified(value, modifier);
    },
  );
