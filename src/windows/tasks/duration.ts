const units = [
  ['D', 86_400_000],
  ['H', 3_600_000],
  ['M', 60_000],
  ['S', 1000],
] as const;

/** `P1DT2H`, `PT5M` (xs:duration without years and months) → milliseconds; null for anything else. */
export const parseDuration = (text: string): number | null => {
  const found = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(text.trim());
  if (found === null || /[PT]$/.test(text.trim())) return null;
  return units.reduce((sum, [, size], index) => sum + Number(found[index + 1] ?? 0) * size, 0);
};

/** Milliseconds → `PT5M`; days where they come out even. */
export const renderDuration = (milliseconds: number): string => {
  let rest = milliseconds;
  const part = ([name, size]: readonly [string, number]): string => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return count === 0 ? '' : `${count}${name}`;
  };
  const [day, ...times] = units.map(part);
  const time = times.join('');
  if (day === '' && time === '') return 'PT0S';
  return `P${day}${time === '' ? '' : `T${time}`}`;
};
