// A model kept open within its memory: fewer pictures at once where many do not fit, one that fits always answered, and a refusal in a person's words.
import { memory } from '@tensorflow/tfjs-core';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { initialWeights } from '#engine/initialize';
import type { Runtime } from '#engine/runtime';
import { FailureError, failureSentence } from '#shared/failure';
import type { TrainerMessage } from '#shared/trainer-messages';
import { pixels, pngBytes } from '#test/support/pictures';
import { temporaryFolder } from '#test/support/temporary-folder';
import { openModel } from '#trainer/asking/open-model';
import { ModelServer } from '#trainer/asking/serve';
import { loadEngine } from '#trainer/backend';
import { buildModel } from '#trainer/build-model';
import { pictureFacts, saveModel } from '#trainer/saved-model';

const SIDE = 32;
let runtime: Runtime;
beforeAll(async () => {
  runtime = await loadEngine('wasm');
});

function savedModel(): string {
  const folder = temporaryFolder();
  const network = buildModel('small-cnn', {}, { inputShape: [SIDE, SIDE, 1], classes: 3 });
  saveModel(folder, 'small-cnn', network, initialWeights(network, 1), pictureFacts(['cat', 'dog', 'owl'], network.inputShape));
  return folder;
}

async function open(folder: string, budgetBytes = Infinity) {
  const model = await openModel(folder, 'wasm', budgetBytes);
  onTestFinished(() => model.dispose());
  return model;
}

const inputs = (count: number): Uint8Array => Uint8Array.from(pixels(SIDE, SIDE, count, 3));

/** Bytes that so many at once need above the loaded engine. */
async function needed(folder: string, count: number): Promise<number> {
  const before = runtime.meter.inUseBytes();
  const model = await openModel(folder, 'wasm', Infinity);
  runtime.meter.resetPeak();
  await model.predict(inputs(count), count);
  const bytes = runtime.meter.peakBytes() - before;
  model.dispose();
  return bytes;
}

test('where many do not fit, fewer are asked at once, with the same answers; one that fits is answered afterwards', async () => {
  const folder = savedModel();
  const [one, all] = [await needed(folder, 1), await needed(folder, 32)];
  expect(all).toBeGreaterThan(1.5 * one);
  const [free, tight] = [await open(folder), await open(folder, one + (all - one) / 3)];
  expect(tight.atOnce).toBe(free.atOnce);
  const answers = await tight.predict(inputs(40), 40);
  expect(tight.atOnce).toBeLessThan(free.atOnce);
  const expected = await free.predict(inputs(40), 40);
  answers.forEach((value, i) => expect(value).toBeCloseTo(expected[i], 6));
  const before = memory().numTensors;
  expect(await tight.predict(inputs(1), 1)).toHaveLength(3);
  expect(memory().numTensors).toBe(before);
  // The control: nothing fits.
  await expect((await open(folder, 1_000)).predict(inputs(40), 40)).rejects.toMatchObject({ failure: { kind: 'out-of-memory' } });
});

test('what an answer holds beside the engine is of the same budget', async () => {
  const model = await open(savedModel(), 4e6);
  const letGo = model.hold(2e6);
  expect(() => model.hold(2.5e6)).toThrow(FailureError);
  letGo();
  model.hold(2.5e6)();
});

test('the budget of its run is kept, and a refusal names no setting that asking does not have', async () => {
  const folder = savedModel();
  const said: TrainerMessage[] = [];
  const server = new ModelServer((message) => said.push(message));
  const ask = (number: number) =>
    server.ask({ kind: 'ask', number, modelFolder: folder, engine: 'wasm', ask: { what: 'picture', picture: { bytes: pngBytes() } } });
  writeFileSync(join(folder, 'receipt.json'), JSON.stringify({ spec: { budgetBytes: 1_000 } }));
  await ask(0);
  const [refused] = said;
  if (refused.kind !== 'not-asked') throw new Error(`It was answered "${refused.kind}".`);
  expect(refused.failure).toMatchObject({ kind: 'out-of-memory', availableBytes: 1_000 });
  expect(failureSentence(refused.failure)).toMatch(
    /is free for it\. Close other programs, or give a smaller picture or a smaller model\.$/,
  );
  // The control: without one it is answered.
  const free = savedModel();
  await server.ask({ kind: 'ask', number: 1, modelFolder: free, engine: 'wasm', ask: { what: 'picture', picture: { bytes: pngBytes() } } });
  expect(said.at(-1)).toMatchObject({ kind: 'asked', number: 1 });
});
