// Answers that are too many to be held in three processes are refused before anything is computed.
import { expect, test } from 'vitest';
import type { OpenData } from '#trainer/open-training-data';
import { gathererFor } from '#trainer/evaluation/gather';
import { pictureFacts } from '#trainer/saved-model';

const facts = (classes: number) =>
  ({ overbatch: 1, model: 'small-cnn', options: {}, ...pictureFacts(Array.from({ length: classes }, String), [8, 8, 1]) }) as const;
const gather = (samples: number, classes: number) => gathererFor(facts(classes), {} as OpenData, 'validation', new Int32Array(samples));

test('a quarter of a million samples in a thousand classes are, in two they are not (control)', () => {
  expect(() => gather(256_000, 1_000)).toThrow(
    'The answers to 256,000 samples, each with a probability for 1,000 classes, take 1.02 GB; at most 1.00 GB are looked at.',
  );
  expect(() => gather(256_000, 2)).not.toThrow();
});
