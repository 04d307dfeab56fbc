// What Check it found, in words: how far whole and pieces are apart, beside what rounding alone does. The window and the command line say the same.
import { locale, withUnit, word } from './language';
import type { WholeAndPieces } from './forecast';

/** "0.00002 %", "12 %": never in powers of ten. */
const share = (value: number): string =>
  withUnit((100 * value).toLocaleString(locale, { maximumSignificantDigits: value < 0.001 ? 1 : 2 }), '%');

const count = (value: number): string => value.toLocaleString(locale);

/** @param noun what the samples are called */
export function checkTitle({ samples, verdict }: Pick<WholeAndPieces, 'samples' | 'verdict'>, noun?: string): string {
  return `Tried on ${count(samples)} of your ${noun ?? word('samples')}: ${verdict.kind === 'identical' ? 'the same result' : 'not the same result'}`;
}

export function checkSentence({ pieces, difference, rounding, verdict }: WholeAndPieces): string {
  // Gradients are compared: what an optimizer makes of one is another figure.
  const both = `Whole and in ${count(pieces.length)} pieces`;
  if (difference === 0) return `${both} it is exactly the same, to the last digit.`;
  const order = `adding the same numbers in another order makes ${share(rounding)}`;
  return verdict.kind === 'identical'
    ? `${both}, only the last digits differ, by ${share(difference)}; ${order}.`
    : `${both}, what they ask of the model differs by ${share(difference)}; ${order}. So it is more than rounding.`;
}

/** Why it was tried on so many: the sizes are those of trainer/planning/check-sizes.ts. */
export const checkSizeSentence = ({ samples }: Pick<WholeAndPieces, 'samples'>): string =>
  `Why ${count(samples)}: a difference shows in a few, and more would only take longer.`;
