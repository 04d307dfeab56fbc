// What a model of masks is trained for: a class for every pixel. Pixels without a class add nothing, to the loss or to a metric.
import { IGNORED } from '#shared/mask-index';
import type { ObjectiveSettings } from '#shared/objective-settings';
import { balanced } from './create';
import { binaryCrossEntropyDice } from './losses/binary-cross-entropy-dice';
import { dice } from './losses/dice';
import { ofClasses } from './losses/of-classes';
import { softmaxCrossEntropy } from './losses/softmax-cross-entropy';
import { softmaxFocal } from './losses/softmax-focal';
import { accuracy } from './metrics/accuracy';
import { iouAndDice } from './metrics/overlap';
import type { Loss, Objective } from './objective';

/** @param classPixels training pixels of each class, for class weights */
export function segmentationObjective(settings: ObjectiveSettings, classPixels: readonly number[]): Objective {
  const metrics = [accuracy({ ignore: IGNORED }), iouAndDice({ kind: 'classes', ignore: IGNORED })];
  return { loss: lossOf(settings, classPixels), stepMetrics: metrics, evaluationMetrics: metrics };
}

function lossOf({ loss, classWeights, focalGamma, labelSmoothing }: ObjectiveSettings, classPixels: readonly number[]): Loss {
  const settings = { ignore: IGNORED, classWeights: classWeights === 'auto' ? balanced(classPixels) : undefined };
  switch (loss) {
    case 'dice':
      return ofClasses(dice(), IGNORED);
    case 'bce-dice':
      return ofClasses(binaryCrossEntropyDice(), IGNORED);
    case 'focal':
      return softmaxFocal({ ...settings, gamma: focalGamma });
    default:
      return softmaxCrossEntropy({ ...settings, labelSmoothing });
  }
}
