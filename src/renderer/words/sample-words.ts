// The samples that come with Overbatch, each in a line, and which of them are not among the data yet.
import { SAMPLE_NAMES, type DatasetSummary, type SampleName } from '#shared/dataset';

interface SampleWords {
  name: string;
  about: string;
}

export const SAMPLE_WORDS: Record<SampleName, SampleWords> = {
  digits: { name: 'Digits', about: '1,797 handwritten digits. Training with them takes less than a minute.' },
  shapes: {
    name: 'Shapes',
    about: 'Pictures with masks: 320 drawn discs and polygons, where every pixel has a class (made by a program).',
  },
  penguins: { name: 'Penguins', about: 'A table of 344 penguins, for a class: which species is it?' },
  diabetes: { name: 'Diabetes', about: 'A table of 442 people with diabetes, for a number: how far has it gone a year later?' },
};

/** Not yet imported, or removed since. */
export const samplesLeft = (datasets: readonly Pick<DatasetSummary, 'sample'>[]): SampleName[] =>
  SAMPLE_NAMES.filter((name) => !datasets.some(({ sample }) => sample === name));
