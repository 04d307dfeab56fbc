// A plan in sentences: what the batch needs, how it will run, and whether the result is the same.
import { aboutBytes, formatBytes } from '#shared/bytes';
import { samplesCounted, samplesNoun, type DataSort } from '#shared/data-sort';
import type { Beside } from '#shared/forecast';
import type { Plan } from '#shared/plan';
import { count, counted } from './numbers';
import { about, roughly } from './time';

export type PlanFacts = Pick<Plan, 'batch' | 'pieces' | 'budgetBytes' | 'wholeBatchBytes' | 'verdict' | 'secondsBefore' | 'stages'> & {
  /** Absent: not known yet. */
  secondsPerEpoch?: number;
  /** It may be so many times less or more. */
  timesApart?: number;
};

/** "8 pieces of 32", "3 pieces of at most 86". */
export function cut(pieces: number[]): string {
  const largest = Math.max(...pieces);
  const even = pieces.every((size) => size === largest);
  return even ? `${count(pieces.length)} pieces of ${count(largest)}` : `${count(pieces.length)} pieces of at most ${count(largest)}`;
}

/** "256 pictures need 5.80 GB; you allow 2.00 GB. It will run as 4 pieces of 64: same result, in about 12 min." */
export function planSentence(plan: PlanFacts, epochs: number, sort: DataSort = 'pictures', isForecast = false): string {
  const { batch, pieces, budgetBytes, wholeBatchBytes, verdict, secondsPerEpoch, timesApart, stages } = plan;
  const time = secondsPerEpoch === undefined ? '' : `, in ${roughly((plan.secondsBefore ?? 0) + secondsPerEpoch * epochs, timesApart)}`;
  const used = pieces.reduce((sum, size) => sum + size, 0);
  // What runs in pieces, or stage by stage, is never measured whole.
  const isWhole = pieces.length === 1 && !stages;
  const bytes =
    isForecast || !isWhole ? `about ${aboutBytes(wholeBatchBytes, isWhole ? budgetBytes : undefined)}` : formatBytes(wholeBatchBytes);
  const [amount, allowed] = [samplesCounted(used, sort), formatBytes(budgetBytes)];
  const needs = used === 1 ? `${amount} needs ${bytes}; you allow ${allowed}.` : `${amount} need ${bytes}; you allow ${allowed}.`;
  const short = used < batch ? `Your data has ${count(used)} training ${samplesNoun(sort)}, so every step uses them all.` : '';
  if (isWhole) return sentences(short, needs, `It will run whole${time}.`);
  const result = verdict.kind === 'identical' ? 'same result' : 'close to, but not the same result';
  const how = pieces.length === 1 ? 'one part of the model at a time' : `as ${cut(pieces)}`;
  const fitsWhole = wholeBatchBytes <= budgetBytes;
  const runs = fitsWhole
    ? `It would fit whole; as you chose, it will run ${how}: ${result}${time}.`
    : `It will run ${how}: ${result}${time}.`;
  return sentences(short, needs, runs);
}

const sentences = (...all: string[]): string => all.filter((sentence) => sentence !== '').join(' ');

type Budget = Pick<Plan, 'budgetBytes'> & { beside?: Beside };

/** "You allow 4.00 MB for training itself; the program and its engine take 425 to 475 MB more." */
export const budgetWords = ({ budgetBytes, beside }: Budget): string =>
  beside
    ? `You allow ${formatBytes(budgetBytes)} for training itself; the program and its engine take ${besideWords(beside)} more.`
    : `You allow ${formatBytes(budgetBytes)}.`;

/** It is never the same to the last megabyte. */
const besideStep = (bytes: number): number => (bytes < 500e6 ? 25e6 : 50e6);

function besideWords({ leastBytes, mostBytes }: Beside): string {
  const [low, high] = [besideStep(leastBytes), besideStep(mostBytes)];
  const [least, most] = [formatBytes(low * Math.floor(leastBytes / low)), formatBytes(high * Math.ceil(mostBytes / high))];
  const unit = most.slice(-3);
  return least === most ? `about ${most}` : `${least.endsWith(unit) ? least.slice(0, -3) : least} to ${most}`;
}

export interface VerdictWords {
  title: string;
  because?: string;
  remedy?: string;
}

export function verdictWords(plan: Pick<Plan, 'verdict' | 'pieces' | 'batch'>, sort: DataSort = 'pictures'): VerdictWords {
  const { verdict, pieces } = plan;
  const batch = count(pieces.reduce((sum, size) => sum + size, 0));
  if (verdict.kind === 'not-identical') {
    return {
      title: `Not the same result as one batch of ${batch}`,
      because: sentenceCase(verdict.because),
      remedy: sentenceCase(verdict.remedy),
    };
  }
  if (pieces.length === 1 && !verdict.because)
    return { title: 'Identical', because: `The batch of ${batch} runs in one piece, so nothing changes.` };
  return {
    title: `The same result as one batch of ${batch}`,
    because:
      verdict.because ??
      `Every piece counts by its ${samplesNoun(sort)} and the model changes once per batch; at most the last digits differ, by rounding.`,
  };
}

type Figures = Pick<PlanFacts, 'secondsPerEpoch' | 'timesApart' | 'secondsBefore'> & { updatesPerEpoch?: number };

/** "6 updates an epoch, which takes about 2 s.", as far as it is known. */
export function epochSentence({ updatesPerEpoch, secondsPerEpoch, secondsBefore, timesApart }: Figures): string {
  const before = secondsBefore === undefined ? '' : ` Before the first: ${about(secondsBefore)}.`;
  const updates = updatesPerEpoch === undefined ? '' : `${counted(updatesPerEpoch, 'update', 'updates')} an epoch`;
  if (secondsPerEpoch === undefined) return updates === '' ? '' : `${updates}; how long one takes is known when it is measured.${before}`;
  const time = roughly(secondsPerEpoch, timesApart);
  return updates === '' ? `An epoch takes ${time}.${before}` : `${updates}, which takes ${time}.${before}`;
}

function sentenceCase(text: string): string {
  const first = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(first) ? first : `${first}.`;
}
