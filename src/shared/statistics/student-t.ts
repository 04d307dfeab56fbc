// Student's t distribution, and the one that t has where a true difference is there (noncentral), from which power is computed.
import { incompleteBeta, logGamma, normalCdf, reaches } from './special-functions';

/** Of |t| as large as this or larger, where there is no difference. */
export const twoSidedT = (t: number, df: number): number => incompleteBeta(df / (df + t * t), df / 2, 0.5);

/** The t that |t| passes in a share of `tails`. */
export const criticalT = (tails: number, df: number): number => reaches(-tails, (t) => -twoSidedT(t, df), 0, 1e9, 200);

const STEPS = 1_000;

/**
 * How often |t| passes `critical` where the mean of t's numerator lies `shift` standard errors from zero: over all values s that the
 * estimated deviation may have beside the true one (Simpson's rule).
 */
export function passesOften(critical: number, df: number, shift: number): number {
  const logFront = Math.log(2) + (df / 2) * Math.log(df / 2) - logGamma(df / 2);
  const density = (s: number): number =>
    s === 0 ? (df === 1 ? Math.exp(logFront) : 0) : Math.exp(logFront + (df - 1) * Math.log(s) - (df * s * s) / 2);
  const passes = (s: number): number => normalCdf(shift - critical * s) + normalCdf(-shift - critical * s);
  const step = (1 + 6 / Math.sqrt(df)) / STEPS;
  let sum = 0;
  for (let i = 0; i <= STEPS; i++) {
    const weight = i === 0 || i === STEPS ? 1 : i % 2 === 1 ? 4 : 2;
    sum += weight * density(i * step) * passes(i * step);
  }
  return Math.min(1, (sum * step) / 3);
}
