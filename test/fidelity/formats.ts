/** The form of a field's text, the first that fits. */
const forms: readonly (readonly [string, RegExp])[] = [
  ['dash', /^-$/],
  ['guid', /^\{[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\}$/i],
  ['time', /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}$/],
  ['hexadecimal', /^0x[0-9a-f]+$/i],
  ['whole number', /^\d+$/],
  ['boolean', /^(true|false)$/],
  ['SID', /^S-1-\d+(-\d+)*$/],
  ['message id', /^%%\d+$/],
  ['address', /^(\d+\.\d+\.\d+\.\d+|(?=.*:)[0-9a-f:]+)$/i],
  ['hashes', /^(\w+=[0-9A-F]+)(,\w+=[0-9A-F]+)*$/],
  ['registry key', /^(HKLM|HKU|HKCR)\\.+$/],
  ['registry data', /^((DWORD|QWORD) \(0x[0-9a-f]{8}(-0x[0-9a-f]{8})?\)|Binary Data|\(Empty\))$/],
  ['folder', /^([a-z]:\\|\\)([^"]*\\)?$/i],
  ['path', /^([a-z]:\\|\\)[^"]*$/i],
  ['account', /^[^\\"]+\\[^\\"]+$/],
];

export const formOf = (text: string): string => forms.find(([, pattern]) => pattern.test(text))?.[0] ?? 'text';

/** Free text may look like anything that is also text to a person. */
const looksLikeText = new Set(['text', 'path', 'account', 'whole number', 'address']);

/** Is `ours` a form that the field has in real records? Where those leave it empty, newer products write a dash. */
export const fits = (ours: string, real: ReadonlySet<string>, realIsSometimesEmpty: boolean): boolean =>
  real.has(ours) || (real.has('text') && looksLikeText.has(ours)) || (ours === 'dash' && realIsSometimesEmpty);
