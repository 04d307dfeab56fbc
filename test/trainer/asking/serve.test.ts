// Questions to models under their numbers: one model stays open, single pictures do not wait for many, nothing is left of a model that is let go.
import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { initialWeights } from '#engine/initialize';
import type { ModelAsk } from '#shared/asking';
import type { TrainerMessage } from '#shared/trainer-messages';
import { pngBytes, writeAt } from '#test/support/pictures';
import { smallNetwork } from '#test/support/small-networks';
import { temporaryFolder } from '#test/support/temporary-folder';
import { ModelServer } from '#trainer/asking/serve';
import { loadEngine } from '#trainer/backend';
import { pictureFacts, saveModel } from '#trainer/saved-model';

beforeAll(() => loadEngine('wasm'));

function savedModel(seed: number, folder = temporaryFolder()): string {
  const network = smallNetwork('small-cnn', 2);
  saveModel(folder, 'small-cnn', network, initialWeights(network, seed), pictureFacts(['cat', 'dog'], network.inputShape));
  return folder;
}

function server() {
  const said: TrainerMessage[] = [];
  const models = new ModelServer((message) => said.push(message));
  let number = 0;
  const ask = (modelFolder: string, what: ModelAsk) =>
    models.ask({ kind: 'ask', number: number++, modelFolder, engine: 'wasm', ask: what });
  return { models, ask, said, last: () => said.at(-1) };
}

const picture: ModelAsk = { what: 'picture', picture: { bytes: pngBytes() } };
const many = (count: number): ModelAsk => {
  const root = temporaryFolder();
  return { what: 'pictures', files: Array.from({ length: count }, (_, i) => writeAt(root, `${i}.png`, pngBytes({ seed: i }))) };
};

test('a single picture is answered before many are, and by the same model', async () => {
  const { ask, said } = server();
  const model = savedModel(1);
  const all = ask(model, many(300));
  await ask(model, picture);
  await all;
  const kinds = said.map((message) => ('number' in message ? `${message.kind} ${message.number}` : ''));
  expect(kinds.indexOf('asked 1')).toBeLessThan(kinds.indexOf('asked 0'));
  expect(said.flatMap((message) => (message.kind === 'answers' ? message.answers.answers : []))).toHaveLength(300);
});

test('another model, and new weights of the same, take its place, also while it is asked; nothing is left of it', async () => {
  const { ask, said } = server();
  const [first, second] = [savedModel(1), savedModel(2)];
  await ask(first, picture);
  const one = memory().numTensors;
  const all = ask(first, many(200));
  await ask(second, picture);
  await all;
  expect(said.filter(({ kind }) => kind === 'not-asked')).toEqual([]);
  expect(memory().numTensors).toBe(one);
  const before = said.at(-1);
  await new Promise((resolve) => setTimeout(resolve, 20));
  savedModel(3, second);
  await ask(second, picture);
  expect(memory().numTensors).toBe(one);
  expect(said.at(-1)).not.toEqual(before);
});

test('what fails is refused under its number, and the next is answered', async () => {
  const { ask, models, last } = server();
  const model = savedModel(1);
  await ask(temporaryFolder(), picture);
  expect(last()).toMatchObject({ kind: 'not-asked', number: 0, failure: { kind: 'bad-model' } });
  await ask(model, { what: 'picture', picture: { bytes: new Uint8Array(3) } });
  expect(last()).toMatchObject({ kind: 'not-asked', number: 1, failure: { kind: 'bad-setting' } });
  const all = ask(model, many(200));
  models.end(2);
  await all;
  expect(last()).toMatchObject({ kind: 'not-asked', number: 2, failure: { kind: 'cancelled' } });
  await ask(model, picture);
  expect(last()).toMatchObject({ kind: 'asked', number: 3, answer: { what: 'picture' } });
});
