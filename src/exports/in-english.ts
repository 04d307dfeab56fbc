// What an export writes of figures: in English, whatever the app speaks, so that a file reads the same wherever it was made.
import { language } from '#shared/language';
import type { Compared } from '#shared/exports';
import type { MainScores } from '#shared/metric-words';

/** As shared/percent.ts. */
export function percentInEnglish(share: number): string {
  if (Number.isNaN(share)) return '–';
  const rounded = Math.round(share * 1000) / 10;
  if (rounded === 100 && share < 1) return 'over 99.9 %';
  if (rounded === 0 && share > 0) return 'under 0.1 %';
  return `${rounded.toFixed(1)} %`;
}

/** As shared/metric-words.ts. */
export const scoresInEnglish = (scores: MainScores): string =>
  'r2' in scores
    ? `R² ${scores.r2.toFixed(3)}, off by ${scores.off.toLocaleString('en', { maximumSignificantDigits: 4 })} on average`
    : `mean IoU ${scores.iou.toFixed(3)}, Dice ${scores.dice.toFixed(3)}`;

/** Why it is noise is said in the language of the app, so only there where that is English. */
export const whyInEnglish = ({ why, ...compared }: Compared): Compared => ({
  ...compared,
  ...(why !== undefined && language === 'en' && { why }),
});

/** As shared/exports.ts. */
export function samplesInEnglish(compared: Compared): string {
  const { count, from, why } = whyInEnglish(compared);
  if (from === 'held-out') return `${count} held-out samples`;
  return `${count} samples of noise${why === undefined ? '' : `, because ${why}`}`;
}
