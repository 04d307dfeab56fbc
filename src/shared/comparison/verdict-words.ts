// Verdicts in words: which of two runs is better and by how much, how sure that is, and what would tell more.
import { fixed, locale } from '../language';
import { assertNever } from '../assert-never';
import { fourDigits } from '../metric-words';
import {
  conclusionOf,
  isLowerBetter,
  LEVEL,
  type ComparedMetric,
  type ComparedRun,
  type NoSpread,
  type Refusal,
  type RepeatsVerdict,
  type SamplesVerdict,
} from './comparison';
import { LEAST_FOR_WILCOXON } from './repeats';

/** What they are called, and their samples: "pictures", "rows". */
export interface Named {
  baseline: string;
  other: string;
  samples: string;
  /** What each was trained on, where that is known: "digits, version 2". */
  data?: { baseline: string; other: string };
}

/** Everything that is known of a run beside the baseline. */
export function comparedSentences({ isRepeat, samples, repeats }: ComparedRun, named: Named): string[] {
  const between = repeats ? [verdictSentence(repeats, named)] : isRepeat ? [repeatSentence(named)] : [];
  // That single runs hold out other samples matters no more where repeats tell.
  const isSettled = between.length > 0 && samples.kind === 'refused' && samples.because === 'other-samples';
  return [...between, ...(isSettled ? [] : [`${between.length > 0 ? ONLY_THESE : ''}${verdictSentence(samples, named)}`])];
}

/** Repeats tell of settings, and come first. */
const ONLY_THESE = 'These two runs alone: ';

const repeatSentence = (named: Named): string => `${both(named)} differ by their seeds alone: how far they are apart is luck.`;

export function verdictSentence(verdict: SamplesVerdict | RepeatsVerdict | NoSpread | Refusal, named: Named): string {
  switch (verdict.kind) {
    case 'refused':
      return refusalSentence(verdict, named);
    case 'samples':
      return samplesSentence(verdict, named);
    case 'repeats':
      return repeatsSentence(verdict, named);
    case 'no-spread':
      return noSpreadSentence(verdict, named);
    default:
      return assertNever(verdict);
  }
}

function samplesSentence(verdict: SamplesVerdict, named: Named): string {
  const { samples, counts, part, metric } = verdict;
  const noun = part === 'test' ? `${count(samples)} test ${named.samples}` : `${count(samples)} held-out ${named.samples}`;
  if (counts && counts.onlyBaseline + counts.onlyOther === 0) return `${both(named)} get the very same of ${noun} right.`;
  if (verdict.difference === 0) return `${both(named)} come to the same on ${noun}.`;
  const more =
    conclusionOf(verdict) === 'not shown' && counts
      ? ` As many ${named.samples} show a true difference reliably, 80 times in 100, from ${amount(counts.detectable, metric)} on.`
      : '';
  return `${claim(verdict, named)}; with ${noun} ${luck(verdict)}.${more}`;
}

function repeatsSentence(verdict: RepeatsVerdict, named: Named): string {
  const pairs = verdict.seeds.length;
  const over = `over ${pairs} repeats each`;
  if (verdict.difference === 0) return `${both(named)} come to the same on average ${over}.`;
  const power =
    pairs < LEAST_FOR_WILCOXON && conclusionOf(verdict) === 'not shown'
      ? ` So few repeats show a true difference this size in ${hundreds(verdict.power)} of 100 cases: repeat with more seeds to know.`
      : '';
  return `${claim(verdict, named)} on average ${over}; ${luck(verdict)}.${power}`;
}

function noSpreadSentence({ difference, metric, seeds }: NoSpread, named: Named): string {
  const pairs = `each of ${seeds.length} repeats`;
  if (difference === 0) return `${both(named)} come to the very same in ${pairs}: nothing tells them apart.`;
  const { baseline, other } = named;
  const isBetter = difference < 0 === isLowerBetter(metric);
  const same = amount(Math.abs(difference), metric);
  const told = isBetter
    ? `“${other}” is better than “${baseline}” by the same ${same} in ${pairs}`
    : `“${other}” is worse than “${baseline}” by the same ${same} in ${pairs}`;
  return `${told}: nothing varies, so nothing tells how much of it is luck. Repeat with more seeds to know.`;
}

const both = ({ baseline, other }: Named): string => `“${other}” and “${baseline}”`;

type Claimed = SamplesVerdict | RepeatsVerdict;

/** "“B” is better than “A” by 1.2 points (95 % interval −1.1 to 3.4)". */
function claim({ metric, difference, interval: { low, high } }: Claimed, { baseline, other }: Named): string {
  const isBetter = difference < 0 === isLowerBetter(metric);
  const sign = difference < 0 ? -1 : 1;
  const [from, to] = [sign * low, sign * high].sort((a, b) => a - b);
  const bounds = `95 % interval ${number(from, metric)} to ${number(to, metric)}`;
  const by = amount(Math.abs(difference), metric);
  return isBetter
    ? `“${other}” is better than “${baseline}” by ${by} (${bounds})`
    : `“${other}” is worse than “${baseline}” by ${by} (${bounds})`;
}

function luck(verdict: Claimed): string {
  const { p, corrected, compared } = verdict;
  const isShown = conclusionOf(verdict) !== 'not shown';
  const among = compared > 1 && hundreds(corrected) !== hundreds(p) ? ` (${hundreds(corrected)} among ${compared} comparisons)` : '';
  return `a difference this size appears by luck in ${hundreds(p)} of 100 cases${among}, ${isShown ? 'so it is hardly luck' : 'so it may be luck'}`;
}

/** "31", "4.6", "fewer than 0.1"; near the level with as many digits as tell it from that. */
export function hundreds(share: number): string {
  const value = 100 * share;
  if (value < 0.1) return 'fewer than 0.1';
  if (value < 10) return fixed(value, digitsOf(value));
  return value > 99 && value < 100 ? 'over 99' : fixed(value, 0);
}

const digitsOf = (value: number): number => {
  let digits = 1;
  while (Number(value.toFixed(digits)) === 100 * LEVEL && value !== 100 * LEVEL) digits++;
  return digits;
};

/** "1.2 points", "0.021", "3.4". */
const amount = (value: number, metric: ComparedMetric): string =>
  metric === 'accuracy' ? `${number(value, metric)} points` : `${number(value, metric)}${metric === 'iou' ? ' IoU' : ''}`;

function number(value: number, metric: ComparedMetric): string {
  const text = metric === 'accuracy' ? fixed(100 * value, 1) : metric === 'iou' ? fixed(value, 3) : fourDigits(value);
  return text.replace(/^-/, '−');
}

function refusalSentence(refusal: Refusal, named: Named): string {
  const { baseline, other, samples } = named;
  switch (refusal.because) {
    case 'other-task':
      return `${both(named)} do not answer the same question, so no ${samples} tell which is better. Compare runs that learn the same.`;
    case 'other-data':
      return `${trainedOn(named)}, so their held-out ${samples} are not the same. Train both on the same version.`;
    case 'other-samples':
      return `“${baseline}” holds out ${count(refusal.baseline)} ${samples} and “${other}” ${count(refusal.other)}, and only ${count(refusal.shared)} are the same, because their seeds or validation shares differ. Train both with the same of each.`;
    case 'one-sample':
      return `${both(named)} were judged by one of the ${samples} alone, which cannot tell which is better. Hold out more of them.`;
    case 'not-judged':
      return `“${refusal.run === 'baseline' ? baseline : other}” could not be judged: ${refusal.problem}`;
    default:
      return assertNever(refusal);
  }
}

const trainedOn = ({ baseline, other, data }: Named): string =>
  data && data.baseline !== data.other
    ? `“${baseline}” was trained on ${data.baseline}, and “${other}” on ${data.other}`
    : `“${other}” and “${baseline}” were trained on different data or versions of it`;

const count = (value: number): string => value.toLocaleString(locale);
