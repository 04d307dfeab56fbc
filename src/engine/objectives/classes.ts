// What a classifier of pictures is trained for unless a run asks for something else.
import { softmaxCrossEntropy } from './losses/softmax-cross-entropy';
import { accuracy } from './metrics/accuracy';
import type { Objective } from './objective';

export const CLASSES: Objective = {
  loss: softmaxCrossEntropy(),
  stepMetrics: [accuracy()],
  evaluationMetrics: [accuracy()],
};
