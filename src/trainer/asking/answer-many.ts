// Many pictures answered one after another: decoded ahead while the engine computes, asked about together, one that cannot be read named and passed.
import { stat } from 'node:fs/promises';
import { ByteBudget, DECODING_BYTES, HELD_FILE_BYTES } from '#datasets/byte-budget';
import { mapInOrder } from '#datasets/map-in-order';
import type { Area } from '#engine/tiling';
import { maskOf, sharesOf } from '#engine/pixel-classes';
import type { PictureAnswer } from '#shared/asking';
import { FailureError, failureSentence } from '#shared/failure';
import { openGiven } from './given-picture';
import { inputOf } from './input-picture';
import { maskInTiles, seenInTiles } from './mask-in-tiles';
import type { OpenModel } from './open-model';

/** What is answered is told at least as often, where pictures are read that fast. */
const TELL_EVERY_MS = 250;

type Prepared = { input: Uint8Array } | { file: string; seen: Area } | { problem: string };

/** In the order of the files. @throws FailureError cancelled, out-of-memory */
export async function* answerMany(model: OpenModel, files: readonly string[], signal: AbortSignal): AsyncGenerator<PictureAnswer[]> {
  const { metadata } = model;
  const [holding, decoding] = [new ByteBudget(HELD_FILE_BYTES), new ByteBudget(DECODING_BYTES)];
  const prepare = (file: string): Promise<Prepared> =>
    orProblem(async () => {
      const { size } = (await stat(file).catch(() => undefined)) ?? { size: 0 };
      return holding.run(size, async () => {
        const picture = await openGiven({ file });
        const seen = seenInTiles(picture, metadata);
        // Opened again when its turn has come: its file is held no longer than others.
        return seen ? { file, seen } : { input: await decoding.run(picture.workingBytes, () => inputOf(picture, metadata)) };
      });
    });

  let waiting: Prepared[] = [];
  let since = performance.now();
  for await (const prepared of mapInOrder(files, model.atOnce, prepare)) {
    if (signal.aborted) throw new FailureError({ kind: 'cancelled' });
    waiting.push(prepared);
    const isSoon = performance.now() - since < TELL_EVERY_MS;
    const isWhole = waiting.length >= model.atOnce || (model.sizes.includes(waiting.length) && !isSoon);
    if (!isWhole && !('seen' in prepared)) continue;
    yield await answers(model, waiting, signal);
    [waiting, since] = [[], performance.now()];
  }
  if (waiting.length > 0) yield await answers(model, waiting, signal);
}

async function answers(model: OpenModel, prepared: readonly Prepared[], signal: AbortSignal): Promise<PictureAnswer[]> {
  const { metadata } = model;
  const inputs = prepared.flatMap((one) => ('input' in one ? [one.input] : []));
  const shares = inputs.length > 0 ? await sharesOfInputs(model, inputs) : [];
  const answered: PictureAnswer[] = [];
  for (const one of prepared) {
    if ('problem' in one) answered.push(one);
    else if ('input' in one) answered.push({ shares: shares.shift()! });
    else
      answered.push(
        await orProblem(async () => {
          const { mask, tiles } = await maskInTiles(model, await openGiven({ file: one.file }), one.seen, signal);
          return { shares: sharesOf(mask, metadata.labels.length), tiles };
        }),
      );
  }
  return answered;
}

async function sharesOfInputs({ metadata, predict }: OpenModel, inputs: readonly Uint8Array[]): Promise<Float32Array[]> {
  const all = new Uint8Array(inputs.reduce((sum, { length }) => sum + length, 0));
  inputs.forEach((input, i) => all.set(input, i * input.length));
  const outputs = await predict(all, inputs.length);
  const size = outputs.length / inputs.length;
  const classes = metadata.labels.length;
  return inputs.map((_, i) => {
    const own = outputs.slice(i * size, (i + 1) * size);
    return metadata.output === 'pixel probabilities' ? sharesOf(maskOf(own, classes), classes) : own;
  });
}

/** Of a picture that cannot be read; anything else ends it all. */
async function orProblem<Result>(work: () => Promise<Result>): Promise<Result | { problem: string }> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof FailureError && error.failure.kind === 'bad-setting') return { problem: failureSentence(error.failure) };
    throw error;
  }
}
