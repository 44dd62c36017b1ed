const factors: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  k: 1e3,
  K: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
};

/** `2k` is 2000, `1.5s` 1500 milliseconds, `1M` a million: what a number with a unit stands for. */
export const scaledNumber = (image: string): number => {
  const [, digits = '0', unit = ''] = /^([\d.]+)(.*)$/.exec(image) ?? [];
  return Number(digits) * (factors[unit] ?? factors[unit.charAt(0)] ?? 1);
};
