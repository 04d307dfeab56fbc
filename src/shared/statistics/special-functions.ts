// The functions that distributions are made of: log Γ, the regularized incomplete beta function, the normal distribution, and a root by halving.

/** Lanczos' approximation with g = 7, as by P. Godfrey. */
const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
  -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** log Γ(x), x > 0. */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const base = x + 6.5;
  const sum = LANCZOS.reduce((all, weight, i) => all + (i === 0 ? weight : weight / (x - 1 + i)), 0);
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(base) - base + Math.log(sum);
}

const TINY = 1e-300;
const SMALLEST_STEP = 1e-16;

/** A continued fraction by Lentz' method: its numerators and denominators, from the first on. */
function continuedFraction(terms: (n: number) => [numerator: number, denominator: number], most: number): number {
  let [value, c, d] = [TINY, TINY, 0];
  for (let n = 1; n <= most; n++) {
    const [numerator, denominator] = terms(n);
    d = 1 / (denominator + numerator * d || TINY);
    c = denominator + numerator / c || TINY;
    const step = c * d;
    value *= step;
    if (Math.abs(step - 1) < SMALLEST_STEP) break;
  }
  return value;
}

/** I_x(a, b): the share of a Beta(a, b) distribution below x. */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  // The fraction is quick on this side of the mean alone.
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const front = Math.exp(a * Math.log(x) + b * Math.log1p(-x) + logGamma(a + b) - logGamma(a) - logGamma(b)) / a;
  const fraction = continuedFraction((n) => {
    if (n === 1) return [1, 1];
    const k = Math.floor((n - 1) / 2);
    const numerator =
      n % 2 === 0 ? (-(a + k) * (a + b + k) * x) / ((a + 2 * k) * (a + 2 * k + 1)) : (k * (b - k) * x) / ((a + 2 * k - 1) * (a + 2 * k));
    return [numerator, 1];
  }, 10_000);
  return front * fraction;
}

/** The share of the standard normal distribution below z. */
export function normalCdf(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const tail = x < 2.5 ? 0.5 * (1 - erfBySeries(x)) : 0.5 * erfcByFraction(x);
  return z > 0 ? 1 - tail : tail;
}

function erfBySeries(x: number): number {
  let [term, sum] = [x, x];
  for (let n = 1; Math.abs(term) > SMALLEST_STEP * Math.abs(sum); n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

const erfcByFraction = (x: number): number =>
  (Math.exp(-x * x) / Math.sqrt(Math.PI)) * continuedFraction((n) => [n === 1 ? 1 : (n - 1) / 2, x], 500);

/** Where a rising function reaches a value, between these bounds. */
export function reaches(value: number, rising: (x: number) => number, low: number, high: number, halvings = 100): number {
  for (let i = 0; i < halvings; i++) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (rising(middle) < value) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** The z below which this share of the standard normal distribution lies. */
export const normalQuantile = (share: number): number => reaches(share, normalCdf, -40, 40);
