// How the answers to a table compare with what the table says itself, in one sentence.
import { fixed, locale } from './language';
import { fourDigits } from './metric-words';
import type { FilePrediction } from './prediction';

/** @param percent writes a share of 0 to 1 */
export function scoreSentence({ score, rows }: FilePrediction, percent: (share: number) => string): string {
  if (!score) return 'The table does not say what is right, so nothing is compared.';
  const of = `${score.of.toLocaleString(locale)} ${score.of === 1 ? 'row that says' : 'rows that say'} it`;
  const among = score.of === rows ? 'all rows' : `the ${of}`;
  return score.kind === 'class'
    ? `${percent(score.right / score.of)} right, of ${among}.`
    : `R² ${Number.isNaN(score.r2) ? '–' : fixed(score.r2, 3)}, off by ${fourDigits(score.off)} on average, over ${among}.`;
}
