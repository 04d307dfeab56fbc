// A packed data set of pictures as the engine wants it.
import { word } from '#shared/language';
import { openDataset } from '#datasets/packed-dataset';
import { createObjective } from '#engine/objectives/create';
import { mixedObjective } from '#engine/objectives/losses/mixed';
import { FailureError } from '#shared/failure';
import { CLASS_LOSSES, NUMBER_LOSSES } from '#shared/objective-settings';
import { modelsFor } from '#shared/model-fit';
import { CLASS_MODELS, type RunSpec } from '#shared/run-spec';
import { openSamples } from './open-samples';
import type { OpenData } from './open-training-data';
import { originOf, pictureFacts } from './saved-model';

const bad = (problem: string) => new FailureError({ kind: 'bad-setting', problem });

/** @throws FailureError dataset-missing, dataset-invalid, bad-setting for a loss or model of other data */
export async function openPictures(folder: string, spec: RunSpec, budgetBytes: number): Promise<OpenData> {
  refuseOtherSettings(spec);
  const dataset = await openDataset(folder);
  const { manifest } = dataset;
  try {
    return openSamples(dataset, spec, budgetBytes, (train, inputShape) => {
      const classCounts = manifest.labels.map(() => 0);
      for (const index of train) classCounts[manifest.samples[index].label]++;
      const objective = createObjective(spec, classCounts);
      return {
        classCounts,
        objective: spec.augment?.mixup ? mixedObjective(objective) : objective,
        model: pictureFacts(manifest.labels, inputShape, originOf(manifest, inputShape)),
      };
    });
  } catch (error) {
    dataset.close();
    throw error;
  }
}

function refuseOtherSettings({ loss, model }: RunSpec): void {
  if (loss !== undefined && !CLASS_LOSSES.some((name) => name === loss)) {
    const of = NUMBER_LOSSES.some((name) => name === loss) ? word('numbers') : word('masks');
    throw bad(`The loss ${loss} is for ${of}, and these pictures have classes. Choose one of: ${CLASS_LOSSES.join(', ')}.`);
  }
  if (!modelsFor('pictures').includes(model))
    throw bad(`The model ${model} answers with masks, and these pictures have none. Choose one of: ${CLASS_MODELS.join(', ')}.`);
}
