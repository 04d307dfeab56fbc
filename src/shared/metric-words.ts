// What a model of a number or of masks has come to, in words: R² and how far it is off, in the target's own unit; IoU and Dice.
import { fixed, locale } from './language';
import type { Metrics, RunEventOf } from './run-event';

/** "0.4821", "43.2", "1,234": four digits that count. */
export const fourDigits = (value: number): string => value.toLocaleString(locale, { maximumSignificantDigits: 4 });

/** IoU, F1, R²: "0.943", "–" where there is none. */
export const ratio = (value: number): string => (Number.isNaN(value) ? '–' : fixed(value, 3));

export interface NumberScores {
  r2: number;
  /** Mean absolute error, in the target's unit. */
  off: number;
}

/** Means over the classes, of all pictures together. */
export interface MaskScores {
  /** Intersection over union: 1 is a perfect mask. */
  iou: number;
  dice: number;
}

/** What says more of a run than the share of right answers. */
export type MainScores = NumberScores | MaskScores;

/** Undefined where the model answers with classes, or nothing was counted. */
export function mainScores(scores: Metrics['scores'] | undefined): MainScores | undefined {
  const valueOf = (name: string) => scores?.[name]?.value;
  const [r2, off, iou, dice] = ['R²', 'MAE', 'IoU', 'Dice'].map(valueOf);
  if (typeof r2 === 'number' && typeof off === 'number') return { r2, off };
  return typeof iou === 'number' && typeof dice === 'number' ? { iou, dice } : undefined;
}

export interface EpochScores {
  train?: MainScores;
  validation?: MainScores;
}

/** Undefined where the model answers with classes. */
export function epochScores({ train, validation }: Pick<RunEventOf<'epoch'>, 'train' | 'validation'>): EpochScores | undefined {
  const [learnt, held] = [mainScores(train.scores), mainScores(validation?.scores)];
  return learnt || held ? { ...(learnt && { train: learnt }), ...(held && { validation: held }) } : undefined;
}

/** One of them, ready to be shown. */
export interface ScoreFigure {
  is: 'r2' | 'off' | 'iou' | 'dice';
  name: string;
  value: number;
  text: string;
  unit?: string;
}

/** Two; a chart shows the first, which is 1 where all is right. */
export const figuresOf = (scores: MainScores): [ScoreFigure, ScoreFigure] =>
  'r2' in scores
    ? [
        { is: 'r2', name: 'R²', value: scores.r2, text: fixed(scores.r2, 3) },
        { is: 'off', name: 'Off by', value: scores.off, text: fourDigits(scores.off), unit: 'on average' },
      ]
    : [
        { is: 'iou', name: 'IoU', value: scores.iou, text: fixed(scores.iou, 3), unit: 'mean of the classes' },
        { is: 'dice', name: 'Dice', value: scores.dice, text: fixed(scores.dice, 3), unit: 'mean of the classes' },
      ];

export const MASK_SCORES_HELP =
  'IoU compares what was found with what was marked: the pixels that are both, divided by those that are either. Dice counts the pixels that are both twice, so it is never lower. 1 is perfect, 0 is nothing in common; shown is the mean of the classes.';

export const TRAILING_HELP =
  'In the first epochs validation can look far worse than training: for it the model uses averages that were gathered on the way, and those lag behind at first. It catches up.';

/** "R² 0.482, off by 43.2 on average"; "mean IoU 0.871, Dice 0.930". */
export const mainWords = (scores: MainScores): string =>
  'r2' in scores
    ? `R² ${fixed(scores.r2, 3)}, off by ${fourDigits(scores.off)} on average`
    : `mean IoU ${fixed(scores.iou, 3)}, Dice ${fixed(scores.dice, 3)}`;
