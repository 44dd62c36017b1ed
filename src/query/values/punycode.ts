/** RFC 3492, section 5. */
const [base, least, most, skew, damp, firstBias, firstCode] = [36, 1, 26, 38, 700, 72, 128];

const digitOf = (value: number): string => String.fromCharCode(value < 26 ? value + 97 : value + 22);

const valueOf = (digit: string): number => {
  if (/^[a-z]$/i.test(digit)) return digit.toLowerCase().charCodeAt(0) - 97;
  return /^\d$/.test(digit) ? digit.charCodeAt(0) + 4 - 26 : base;
};

const adapt = (delta: number, points: number, isFirst: boolean): number => {
  let rest = isFirst ? Math.floor(delta / damp) : delta >> 1;
  rest += Math.floor(rest / points);
  let k = 0;
  for (; rest > ((base - least) * most) >> 1; k += base) rest = Math.floor(rest / (base - least));
  return k + Math.floor(((base - least + 1) * rest) / (rest + skew));
};

const thresholdAt = (k: number, bias: number): number => Math.min(most, Math.max(least, k - bias));

export const encodePunycode = (text: string): string => {
  const points = [...text].map((character) => character.codePointAt(0) ?? 0);
  const basic = points.filter((point) => point < firstCode);
  let output = String.fromCharCode(...basic) + (basic.length > 0 ? '-' : '');
  let [code, delta, bias, handled] = [firstCode, 0, firstBias, basic.length];
  while (handled < points.length) {
    const next = Math.min(...points.filter((point) => point >= code));
    delta += (next - code) * (handled + 1);
    code = next;
    for (const point of points) {
      if (point < code) delta++;
      if (point !== code) continue;
      let rest = delta;
      for (let k = base; ; k += base) {
        const threshold = thresholdAt(k, bias);
        if (rest < threshold) break;
        output += digitOf(threshold + ((rest - threshold) % (base - threshold)));
        rest = Math.floor((rest - threshold) / (base - threshold));
      }
      output += digitOf(rest);
      bias = adapt(delta, handled + 1, handled === basic.length);
      delta = 0;
      handled++;
    }
    delta++;
    code++;
  }
  return output;
};

/** The text; null for what is no Punycode. */
export const decodePunycode = (encoded: string): string | null => {
  const split = encoded.lastIndexOf('-');
  const output = split > 0 ? [...encoded.slice(0, split)].map((character) => character.charCodeAt(0)) : [];
  if (output.some((point) => point >= firstCode)) return null;
  let [code, at, bias] = [firstCode, 0, firstBias];
  for (let index = split > 0 ? split + 1 : 0; index < encoded.length;) {
    const before = at;
    let weight = 1;
    for (let k = base; ; k += base) {
      const value = valueOf(encoded[index++] ?? '');
      if (value >= base) return null;
      at += value * weight;
      const threshold = thresholdAt(k, bias);
      if (value < threshold) break;
      weight *= base - threshold;
    }
    bias = adapt(at - before, output.length + 1, before === 0);
    code += Math.floor(at / (output.length + 1));
    if (code > 0x10ffff) return null;
    at %= output.length + 1;
    output.splice(at++, 0, code);
  }
  return String.fromCodePoint(...output);
};

/** The characters by which internationalised domain names are cut, besides the full stop. */
const separators = /[.\u3002\uff0e\uff61]/;

export const encodeDomain = (domain: string): string =>
  domain
    .split(separators)
    .map((label) => (/^[\0-\x7f]*$/.test(label) ? label : `xn--${encodePunycode(label)}`))
    .join('.');

export const decodeDomain = (domain: string): string | null => {
  const labels = domain
    .split(separators)
    .map((label) => (/^xn--/i.test(label) ? decodePunycode(label.slice(4)) : label));
  return labels.includes(null) ? null : labels.join('.');
};
