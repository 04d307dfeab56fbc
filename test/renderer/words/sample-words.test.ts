// Samples that are not among the data yet can be had, whatever else is there.
import { expect, test } from 'vitest';
import { SAMPLE_WORDS, samplesLeft } from '#renderer/words/sample-words';
import { SAMPLE_NAMES } from '#shared/dataset';

test('those that are there are not offered again; a data set of a person’s own takes the place of none', () => {
  expect(samplesLeft([])).toEqual([...SAMPLE_NAMES]);
  expect(samplesLeft([{ sample: 'shapes' }, {}])).toEqual(['digits', 'penguins', 'diabetes']);
  expect(samplesLeft(SAMPLE_NAMES.map((sample) => ({ sample })))).toEqual([]);
});

test('each is a line that says what there is to learn', () => {
  for (const { name, about } of Object.values(SAMPLE_WORDS)) {
    expect(name).toMatch(/^[A-Z][a-z]+$/);
    expect(about).toMatch(/^.{20,110}$/);
  }
});
