import { textOf, type Fields } from '../log/fields.ts';

/** Windows' own parameters: what was done to the value, and of what type it is. Source: the messages of Security 4657. */
const deleted = '%%1906';
const types: Readonly<Record<string, 'text' | 'dword' | 'qword'>> = {
  '%%1873': 'text',
  '%%1874': 'text',
  '%%1876': 'dword',
  '%%1883': 'qword',
};

/**
 * Security 4657 in Sysmon's terms, so that rules for registry values read it: `TargetObject`, `Details`, `Image`, `EventType` and `User`
 * come beside what was logged, under names that no such record has. Gives Sigma's category.
 */
export const describeRegistryAudit = (fields: Fields): 'registry_set' | 'registry_delete' => {
  const isDeleted = textOf(fields['OperationType']) === deleted;
  const key = textOf(fields['ObjectName']);
  if (key !== null) fields['TargetObject'] ??= `${sysmonKey(key)}\\${textOf(fields['ObjectValueName']) || '(Default)'}`;
  fields['EventType'] ??= isDeleted ? 'DeleteValue' : 'SetValue';
  if (fields['ProcessName'] !== undefined) fields['Image'] ??= fields['ProcessName'];
  const [domain, user] = [textOf(fields['SubjectDomainName']), textOf(fields['SubjectUserName'])];
  if (user !== null) fields['User'] ??= domain === null ? user : `${domain}\\${user}`;
  const value = textOf(fields['NewValue']);
  if (!isDeleted && value !== null) fields['Details'] ??= sysmonDetails(textOf(fields['NewValueType']), value);
  return isDeleted ? 'registry_delete' : 'registry_set';
};

/** As Sysmon abbreviates what the kernel calls a key. */
const sysmonKey = (kernel: string): string =>
  kernel
    .replace(/^\\REGISTRY\\MACHINE\\SYSTEM\\ControlSet\d+/i, String.raw`HKLM\System\CurrentControlSet`)
    .replace(/^\\REGISTRY\\MACHINE(?=\\|$)/i, 'HKLM')
    .replace(/^\\REGISTRY\\USER(?=\\|$)/i, 'HKU');

/** Sysmon shows numbers as hexadecimal, and neither bytes nor lists. */
const sysmonDetails = (type: string | null, value: string): string => {
  const kind = types[type ?? ''];
  if (kind === 'text') return value === '' || value === '-' ? '(Empty)' : value;
  if (kind === undefined || !/^(?:0x[\da-f]{1,16}|\d{1,20})$/i.test(value)) return 'Binary Data';
  const digits = BigInt(value).toString(16);
  return kind === 'dword'
    ? `DWORD (0x${digits.padStart(8, '0')})`
    : `QWORD (0x${digits.padStart(16, '0').slice(0, -8)}-0x${digits.padStart(16, '0').slice(-8)})`;
};
