// What a model of a number is trained for. The target is standardized, so that one learning rate serves all units; errors are told in its own.
import type { LossName, ObjectiveSettings } from '#shared/objective-settings';
import { absoluteError } from './losses/absolute-error';
import { huber } from './losses/huber';
import { squaredError } from './losses/squared-error';
import { errors } from './metrics/errors';
import type { Loss, Objective } from './objective';

const LOSSES: Partial<Record<LossName, () => Loss>> = { 'squared-error': squaredError, 'absolute-error': absoluteError, huber };

/** @param unit of the target's own that one of the standardized is: its deviation in training */
export function regressionObjective({ loss = 'squared-error' }: ObjectiveSettings, unit: number): Objective {
  return { loss: (LOSSES[loss] ?? squaredError)(), stepMetrics: [errors({ unit })], evaluationMetrics: [errors({ unit })] };
}
