/** A real as `tostring` gives it: .NET's shortest round-trip form (`1.5`, `1E+20`, `NaN`). */
export const printRealText = (value: number): string => {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const [digits = '', exponent = '0'] = value.toExponential().split('e');
  const power = Number(exponent);
  if (power >= -5 && power < 15) return plain(value, power);
  return `${digits}E${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
};

const plain = (value: number, power: number): string => {
  if (power >= 0) return String(value);
  const text = String(value);
  return text.includes('e') ? value.toFixed(Math.min(100, -power + significant(text))) : text;
};

/** Digits after the first, in `1.25e-7`. */
const significant = (text: string): number => (/\.(\d+)/.exec(text)?.[1] ?? '').length;
