// From a run's settings to what a classifier of pictures is trained for.
import type { ObjectiveSettings } from '#shared/objective-settings';
import { softmaxCrossEntropy } from './losses/softmax-cross-entropy';
import { softmaxFocal } from './losses/softmax-focal';
import { accuracy } from './metrics/accuracy';
import { auc } from './metrics/auc';
import { precisionAndRecall } from './metrics/overlap';
import { topK } from './metrics/top-k';
import type { Objective } from './objective';

/** Its histograms are 8 KB a class. */
const MOST_CLASSES_OF_AUC = 100;

/** @param classCounts training samples of each class */
export function createObjective(settings: ObjectiveSettings, classCounts: readonly number[]): Objective {
  const classes = classCounts.length;
  const classWeights = settings.classWeights === 'auto' ? balanced(classCounts) : undefined;
  return {
    loss:
      settings.loss === 'focal'
        ? softmaxFocal({ gamma: settings.focalGamma, classWeights })
        : softmaxCrossEntropy({ labelSmoothing: settings.labelSmoothing, classWeights }),
    stepMetrics: [accuracy()],
    evaluationMetrics: [
      accuracy(),
      ...(classes > 5 ? [topK(5)] : []),
      precisionAndRecall(),
      ...(classes <= MOST_CLASSES_OF_AUC ? [auc()] : []),
    ],
  };
}

/** As scikit-learn's "balanced"; a class without samples is never a target, and weighs 1. */
export function balanced(classCounts: readonly number[]): number[] {
  const known = classCounts.filter((count) => count > 0);
  const samples = known.reduce((a, b) => a + b, 0);
  return classCounts.map((count) => (count > 0 ? samples / (known.length * count) : 1));
}
