/** Lanczos' approximation with g = 7: fifteen digits. */
const lanczos = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

export const logGamma = (x: number): number => {
  if (x < 0.5) return Math.log(Math.PI / Math.abs(Math.sin(Math.PI * x))) - logGamma(1 - x);
  const at = x - 1;
  const sum = lanczos.reduce((total, weight, index) => total + (index === 0 ? weight : weight / (at + index)), 0);
  const t = at + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (at + 0.5) * Math.log(t) - t + Math.log(sum);
};

export const gamma = (x: number): number => {
  if (Number.isInteger(x)) {
    if (x <= 0) return Number.NaN;
    // Exact as long as factorials are.
    if (x <= 23) return Array.from({ length: x - 1 }, (_, index) => index + 1).reduce((product, n) => product * n, 1);
  }
  if (x < 0.5) return Math.PI / (Math.sin(Math.PI * x) * gamma(1 - x));
  return Math.exp(logGamma(x));
};

/** The share of the gamma distribution of 1/2 below x², by its series or its continued fraction. */
const lowerHalf = (x: number): number => {
  let term = 1 / 0.5;
  let sum = term;
  for (let n = 1; n < 500; n++) {
    term *= x / (0.5 + n);
    sum += term;
    if (Math.abs(term) < Math.abs(sum) * 1e-17) break;
  }
  return (sum * Math.exp(-x) * Math.sqrt(x)) / Math.sqrt(Math.PI);
};

const tiny = 1e-300;

const upperHalf = (x: number): number => {
  let b = x + 0.5;
  let c = 1 / tiny;
  let d = 1 / b;
  let h = d;
  for (let n = 1; n < 500; n++) {
    const a = -n * (n - 0.5);
    b += 2;
    d = a * d + b;
    if (Math.abs(d) < tiny) d = tiny;
    c = b + a / c;
    if (Math.abs(c) < tiny) c = tiny;
    d = 1 / d;
    h *= d * c;
    if (Math.abs(d * c - 1) < 1e-16) break;
  }
  return (h * Math.exp(-x) * Math.sqrt(x)) / Math.sqrt(Math.PI);
};

export const erf = (x: number): number => {
  if (Number.isNaN(x)) return x;
  const square = x * x;
  const size = x === 0 ? 0 : square < 1.5 ? lowerHalf(square) : 1 - upperHalf(square);
  return x < 0 ? -size : size;
};

export const erfc = (x: number): number => {
  if (Number.isNaN(x)) return x;
  const square = x * x;
  if (x < 0 || square < 1.5) return 1 - erf(x);
  return upperHalf(square);
};

/** The continued fraction of the incomplete beta function, by Lentz' method. */
const betaFraction = (x: number, a: number, b: number): number => {
  let c = 1;
  let d = 1 - ((a + b) * x) / (a + 1);
  if (Math.abs(d) < tiny) d = tiny;
  d = 1 / d;
  let h = d;
  for (let m = 1; m < 500; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    for (const weight of [even, odd]) {
      d = 1 + weight * d;
      if (Math.abs(d) < tiny) d = tiny;
      c = 1 + weight / c;
      if (Math.abs(c) < tiny) c = tiny;
      d = 1 / d;
      h *= d * c;
    }
    if (Math.abs(d * c - 1) < 1e-16) break;
  }
  return h;
};

const logBeta = (a: number, b: number): number => logGamma(a) + logGamma(b) - logGamma(a + b);

/** The share of the beta distribution below x. */
export const betaShare = (x: number, a: number, b: number): number => {
  if (!(a > 0 && b > 0 && x >= 0 && x <= 1)) return Number.NaN;
  if (x === 0 || x === 1) return x;
  const front = Math.exp(a * Math.log(x) + b * Math.log1p(-x) - logBeta(a, b));
  return x < (a + 1) / (a + b + 2) ? (front * betaFraction(x, a, b)) / a : 1 - (front * betaFraction(1 - x, b, a)) / b;
};

export const betaDensity = (x: number, a: number, b: number): number =>
  a > 0 && b > 0 && x >= 0 && x <= 1
    ? Math.exp((a - 1) * Math.log(x) + (b - 1) * Math.log1p(-x) - logBeta(a, b))
    : Number.NaN;

/** Where so much of the beta distribution lies below: halved until doubles cannot tell the ends apart. */
export const betaQuantile = (share: number, a: number, b: number): number => {
  if (!(a > 0 && b > 0)) return Number.NaN;
  let [low, high] = [0, 1];
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return middle;
    if (betaShare(middle, a, b) < share) low = middle;
    else high = middle;
  }
};

/** How likely two samples differ as much by chance, by Welch's test of their means, on both sides. */
export const welchTest = (
  mean1: number,
  variance1: number,
  count1: number,
  mean2: number,
  variance2: number,
  count2: number,
): number => {
  const [share1, share2] = [variance1 / count1, variance2 / count2];
  const square = (mean1 - mean2) ** 2 / (share1 + share2);
  const freedom = (share1 + share2) ** 2 / (share1 ** 2 / (count1 - 1) + share2 ** 2 / (count2 - 1));
  return betaShare(freedom / (freedom + square), freedom / 2, 0.5);
};
