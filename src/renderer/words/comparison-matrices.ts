// Confusion matrices of a saved comparison: each run's, and what each of the others does otherwise than the baseline.
import type { ComparedAnswers } from '#shared/comparison/compared-answers';
import type { ComparisonMatrix } from '#shared/comparison/matrix-table';
import { confusionMatrix } from '#shared/evaluation/confusion';
import { differenceLook, matrixLook, MOST_IN_MATRIX } from './matrix-words';
import type { Compared } from './comparison-words';

/** @param compared those of `answers` in its order. @returns none of many classes, nor of what is not told by classes */
export function comparisonMatrices(answers: ComparedAnswers | undefined, compared: readonly Compared[]): ComparisonMatrix[] {
  if (answers?.kind !== 'classes' || answers.labels.length > MOST_IN_MATRIX) return [];
  const { labels, truth } = answers;
  const { sort } = compared[0].run;
  const counted = answers.answers.map((said) => confusionMatrix(truth, said, labels.length));
  const filled = (title: string, lookOf: ReturnType<typeof matrixLook>, valueAt: (place: number) => number): ComparisonMatrix => ({
    title,
    labels: [...labels],
    rows: labels.map((_, row) =>
      labels.map((__, answer) => {
        const { text, colour, strength } = lookOf({ truth: row, answer });
        return { value: valueAt(row * labels.length + answer), text, colour, strength };
      }),
    ),
  });
  const [first, ...others] = counted;
  const letterOf = (i: number) => compared[i].letter;
  return [
    ...counted.map((matrix, i) => filled(letterOf(i), matrixLook(matrix, labels, sort), (place) => matrix[place])),
    ...others.map((matrix, i) => {
      const look = differenceLook([first, matrix], labels, [letterOf(0), letterOf(i + 1)]);
      return filled(`${letterOf(i + 1)} less ${letterOf(0)}`, look, (place) => matrix[place] - first[place]);
    }),
  ];
}
