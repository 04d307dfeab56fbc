// Pictures of a run's data with the masks that are and those its model finds.
import { maskOf } from '#engine/pixel-classes';
import { IGNORED } from '#shared/mask-index';
import type { MaskViews } from '#shared/evaluation/evaluation';
import { FailureError } from '#shared/failure';
import { turn } from '../turn';
import type { Judged } from './open-judged';
import { score } from './score';

const bad = (problem: string): FailureError => new FailureError({ kind: 'bad-setting', problem });

/** @throws FailureError bad-setting where the model has no masks or the data fewer pictures; out-of-memory, cancelled */
export async function viewMasks(
  { scorer, metadata, micro, count }: Judged,
  samples: readonly number[],
  signal: AbortSignal,
): Promise<MaskViews> {
  if (metadata.output !== 'pixel probabilities') throw bad('This model does not answer with masks.');
  const beyond = samples.find((sample) => sample >= count);
  if (beyond !== undefined) throw bad(`There is no picture ${beyond + 1} in this data, which has ${count}.`);
  const pause = async (): Promise<void> => {
    await turn();
    if (signal.aborted) throw new FailureError({ kind: 'cancelled' });
  };
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
  for await (const { start, samples: piece, outputs } of score(scorer, Int32Array.from(samples), micro, pause)) {
    views.pixels.set(piece.pixels, start * area * channels);
    views.truth.set(piece.targets![0], start * area);
    views.found.set(maskOf(outputs, metadata.labels.length), start * area);
  }
  return views;
}
