// TensorFlow uploads a tensor when an op first takes it: a model that is judged holds its weights in the engine, and counts them, before that.
import { tensor } from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { splitVersion, trainOn } from '#test/support/split-runs';
import { engineIsInstalled } from '#test/support/tensorflow';
import { openFinished } from '#trainer/evaluation/open-finished';
import { openJudged } from '#trainer/evaluation/open-judged';

it.skipIf(!engineIsInstalled())(
  'they are counted before anything is computed; tensors that no op has taken are not (control)',
  async () => {
    const data = await splitVersion();
    const { runFolder } = await trainOn(data, { engine: 'tensorflow-cpu' });
    const finished = await openFinished(runFolder);
    const { scorer, dispose } = await openJudged(finished, { datasetFolder: data });
    const bytes = finished.model.weights.reduce((sum, { byteLength }) => sum + byteLength, 0);
    const held = scorer.meter.inUseBytes;
    expect(held).toBeGreaterThanOrEqual(bytes);
    const untaken = finished.model.weights.map((values) => tensor(values));
    expect(scorer.meter.inUseBytes).toBe(held);
    for (const one of untaken) one.dispose();
    await dispose();
  },
  60_000,
);
