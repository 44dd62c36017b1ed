/** What a user agent says of its device, as far as Entra ID shows it. */
export const deviceOf = (userAgent: string): object => ({
  deviceId: '',
  operatingSystem: systems.find(([pattern]) => pattern.test(userAgent))?.[1] ?? '',
  browser: browserOf(userAgent),
});

const systems: readonly (readonly [RegExp, string])[] = [
  [/Windows NT 1[01]\.0|Windows-1[01]/, 'Windows10'],
  [/Windows/, 'Windows'],
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'Ios'],
  [/Mac OS X|Darwin/, 'MacOs'],
  [/Linux/, 'Linux'],
];

const browserOf = (userAgent: string): string => {
  const [, name, version] = /\b(Edg|Firefox|Chrome)\/(\d+(?:\.\d+)*)/.exec(userAgent) ?? [];
  return name === undefined ? '' : `${name === 'Edg' ? 'Edge' : name} ${version ?? ''}`;
};
