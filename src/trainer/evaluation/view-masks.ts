// Pictures of a run's data with the masks that are and those its model finds.
import { readManifest } from '#datasets/manifest';
import { maskOf } from '#engine/pixel-classes';
import { IGNORED } from '#shared/mask-index';
import type { EvaluationQuestion, MaskViews } from '#shared/evaluation/evaluation';
import { FailureError } from '#shared/failure';
import { turn } from '../turn';
import { openFinished } from './open-finished';
import { openJudged, type OnSize } from './open-judged';
import { score } from './score';

type Question = Omit<EvaluationQuestion, 'part'> & { samples: readonly number[] };

/** @throws FailureError bad-model, dataset-invalid; bad-setting where the data are gone, have no masks or fewer pictures; out-of-memory */
export async function viewMasks(question: Question, onSize?: OnSize): Promise<MaskViews> {
  const { runFolder, datasetFolder, samples } = question;
  const { scorer, metadata, micro, close } = await openJudged(openFinished(runFolder), question, onSize);
  try {
    if (metadata.output !== 'pixel probabilities')
      throw new FailureError({ kind: 'bad-setting', problem: 'This model does not answer with masks.' });
    const { count } = await readManifest(datasetFolder);
    const beyond = samples.find((sample) => sample >= count);
    if (beyond !== undefined)
      throw new FailureError({ kind: 'bad-setting', problem: `There is no picture ${beyond + 1} in this data, which has ${count}.` });
    const [height, width, channels] = metadata.inputShape;
    const area = width * height;
    const views: MaskViews = {
      width,
      height,
      channels: channels === 1 ? 1 : 3,
      pixels: new Uint8Array(samples.length * area * channels),
      truth: new Uint8Array(samples.length * area).fill(IGNORED),
      found: new Uint8Array(samples.length * area),
    };
    for await (const { start, samples: piece, outputs } of score(scorer, Int32Array.from(samples), micro, turn)) {
      views.pixels.set(piece.pixels, start * area * channels);
      views.truth.set(piece.targets![0], start * area);
      views.found.set(maskOf(outputs, metadata.labels.length), start * area);
    }
    return views;
  } finally {
    await close();
  }
}
