// What a model of a number has come to, in words: R² and how far it is off, in the target's own unit.
import type { Metrics, RunEventOf } from './run-event';

/** "0.4821", "43.2", "1,234": four digits that count. */
export const fourDigits = (value: number): string => value.toLocaleString('en', { maximumSignificantDigits: 4 });

export interface NumberScores {
  r2: number;
  /** Mean absolute error, in the target's unit. */
  off: number;
}

/** Undefined where the model does not answer with a number, or nothing was counted. */
export function numberScores(scores: Metrics['scores'] | undefined): NumberScores | undefined {
  const [r2, off] = [scores?.['R²']?.value, scores?.MAE?.value];
  return typeof r2 === 'number' && typeof off === 'number' ? { r2, off } : undefined;
}

export interface EpochScores {
  train?: NumberScores;
  validation?: NumberScores;
}

/** Undefined where the model does not answer with a number. */
export function epochScores({ train, validation }: Pick<RunEventOf<'epoch'>, 'train' | 'validation'>): EpochScores | undefined {
  const [learnt, held] = [numberScores(train.scores), numberScores(validation?.scores)];
  return learnt || held ? { ...(learnt && { train: learnt }), ...(held && { validation: held }) } : undefined;
}

/** "R² 0.482, off by 43.2 on average". */
export const numberWords = ({ r2, off }: NumberScores): string => `R² ${r2.toFixed(3)}, off by ${fourDigits(off)} on average`;
