// What Check it found, in words: how far whole and pieces are apart, beside what rounding alone does. The window and the command line say the same.
import type { WholeAndPieces } from './forecast';

/** "0.00002 %", "12 %": never in powers of ten. */
const share = (value: number): string => `${(100 * value).toLocaleString('en', { maximumSignificantDigits: value < 0.001 ? 1 : 2 })} %`;

const count = (value: number): string => value.toLocaleString('en');

/** Within this factor of the rounding it is called as much. */
const AS_MUCH = 2;

export function checkTitle({ verdict }: Pick<WholeAndPieces, 'verdict'>): string {
  return verdict.kind === 'identical' ? 'Tried: the same result' : 'Tried: not the same result';
}

export function checkSentence({ samples, pieces, difference, rounding, verdict }: WholeAndPieces): string {
  // Gradients are compared: what an optimizer makes of one is another figure.
  const made = `What ${count(samples)} samples ask for, whole and in ${count(pieces.length)} pieces`;
  if (difference === 0) return `${made}, is exactly the same.`;
  const order = `adding the same numbers in another order: ${share(rounding)}`;
  const differ = `${made}, differs by ${share(difference)}`;
  if (verdict.kind === 'not-identical') return `${differ}; ${order}. So it is more than rounding.`;
  const [more, less] = [difference / rounding, rounding / difference];
  if (more <= AS_MUCH && less <= AS_MUCH) return `${differ}, as much as ${order}.`;
  return less > AS_MUCH ? `${differ}, less than ${order}.` : `${differ}; ${order}. Both are rounding.`;
}
