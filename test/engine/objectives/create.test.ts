// From a run's settings to losses and metrics.
import { expect, it } from 'vitest';
import { balanced, createObjective } from '#engine/objectives/create';

it('balanced class weights are scikit-learn’s compute_class_weight, and 1 for a class nobody has', () => {
  // compute_class_weight('balanced', classes=[0, 1], y=[0] * 30 + [1] * 10) gives [0.6667, 2].
  expect(balanced([30, 10])).toEqual([40 / 60, 2]);
  expect(balanced([30, 0, 10])).toEqual([40 / 60, 1, 2]);
  const counts = [7, 1, 52];
  const weights = balanced(counts);
  // Every class weighs the same in sum, and the mean weight of a sample is 1.
  for (const [i, count] of counts.entries()) expect(weights[i] * count).toBeCloseTo(20, 10);
});

it('settings name the loss; without any it is softmax cross-entropy, whose steps count accuracy alone', () => {
  expect(createObjective({}, [1, 1]).loss.name).toBe('softmax cross-entropy');
  expect(createObjective({ loss: 'focal' }, [1, 1]).loss.name).toBe('focal loss');
  expect(createObjective({}, [1, 1]).stepMetrics).toHaveLength(1);
});

it('validation names top-5 where there are more classes than that, and AUC where its bins stay small', () => {
  const names = (classes: number): string[] => {
    const metrics = createObjective(
      {},
      Array.from({ length: classes }, () => 3),
    ).evaluationMetrics;
    return metrics.flatMap((metric) => metric.scores(Array.from({ length: metric.length([classes]) }, () => 1)).map(({ name }) => name));
  };
  expect(names(5)).toEqual(['accuracy', 'precision', 'recall', 'F1', 'AUC']);
  expect(names(6)).toEqual(['accuracy', 'top-5', 'precision', 'recall', 'F1', 'AUC']);
  expect(names(1000)).toEqual(['accuracy', 'top-5', 'precision', 'recall', 'F1']);
});
