// The words of all pages, each in a sentence: those that Plan and Run explain, and some that are met elsewhere.
import { DATA_SORTS } from '#shared/data-sort';
import { locale } from '#shared/language';
import { glossary } from '../glossary';
import { runGlossary } from '../run-glossary';

type Term = readonly [term: string, meaning: string];

/** Other names of the same, and words of other pages. */
const OTHERS: readonly Term[] = [
  ['Micro-batch', 'Another name for a piece of a batch. Mini-batch is another name for a batch.'],
  ['Gradient accumulation', 'Adding up what the pieces of a batch say before the model changes once: what Overbatch does with pieces.'],
  ['Class', 'One of the answers a model can give, such as robin or wren.'],
  ['Label', 'The right answer for a picture, as it was given.'],
  ['Mask', 'A picture of classes: for each pixel, what is seen there.'],
  ['Confusion matrix', 'A table of what the answer is against what the model says: off its diagonal stand the mistakes.'],
  ['Baseline', 'The run that all others of a comparison are held against.'],
  ['Training and validation part', 'What the model learns from, and what is held out to measure it.'],
  ['Test part', 'A part that was never looked at; it is measured once, at the end.'],
];

/** As pictures have them; of other data what pictures do not have. In the order of the alphabet. */
export const WORDS: readonly Term[] = [
  ...new Map<string, string>([
    ...DATA_SORTS.toReversed().flatMap((sort) => [...runGlossary(sort), ...glossary(sort)]),
    ...OTHERS,
  ]).entries(),
].toSorted(([a], [b]) => a.localeCompare(b, locale));

/** In the address of its place. */
export const wordId = (term: string): string => term.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-');
