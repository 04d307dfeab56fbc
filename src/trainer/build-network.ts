// The network that a run's settings name, for its data.
import { CATALOGUE } from '#engine/models/catalogue';
import type { Network } from '#engine/network';
import { FailureError } from '#shared/failure';
import { MODEL_CARDS } from '#shared/model-cards';
import type { RunSpec } from '#shared/run-spec';

interface Data {
  inputShape: readonly number[];
  /** Outputs: classes, or 1 for a number. */
  classes: number;
}

/** @throws FailureError bad-setting where the model has no normalization to choose */
export function buildNetwork({ model, normalization }: Pick<RunSpec, 'model' | 'normalization'>, { inputShape, classes }: Data): Network {
  if (normalization === 'group' && !MODEL_CARDS[model].normalizes)
    throw new FailureError({
      kind: 'bad-setting',
      problem: `The model ${model} has no batch normalization that groups could take the place of. Leave the normalization out.`,
    });
  return CATALOGUE[model].build(inputShape, classes, { normalization });
}
