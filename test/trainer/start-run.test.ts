// A run may start from an earlier one of its model: with its last layer where the classes are the same, and with a new one where they are not.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { importFolder } from '#datasets/import-folder';
import { initialWeights } from '#engine/initialize';
import type { RunEvent, RunEventOf } from '#shared/run-event';
import { DEFAULT_SPEC, type RunSpec } from '#shared/run-spec';
import { tinyImageFolder } from '#test/support/pictures';
import { packedSample } from '#test/support/table-runs';
import { temporaryFolder } from '#test/support/temporary-folder';
import { executeRun } from '#trainer/execute-run';
import type { RunRequest } from '#trainer/run-request';
import { loadModel } from '#trainer/saved-model';

const dataOf = (...labels: string[]): Promise<string> => picturesOf(8, 1, labels);

async function picturesOf(side: number, channels: 1 | 3, labels = ['a', 'b']): Promise<string> {
  const folder = join(temporaryFolder(), 'version');
  await importFolder(tinyImageFolder(labels, 8), { width: side, height: side, channels }, folder);
  return folder;
}

async function trained(datasetFolder: string, settings: Partial<RunSpec>, startPath?: string) {
  const spec: RunSpec = { ...DEFAULT_SPEC, model: 'resnet-8', engine: 'wasm', batch: 8, epochs: 1, ...settings };
  const request: RunRequest = { spec, datasetFolder, outFolder: temporaryFolder(), startPath };
  const events: RunEvent[] = [];
  for await (const event of executeRun(request, new AbortController().signal)) events.push(event);
  const { final, notes } = {
    final: events.find((event) => event.kind === 'finished') as RunEventOf<'finished'>,
    notes: events.flatMap((event) => (event.kind === 'note' ? [event.message] : [])),
  };
  return { folder: request.outFolder, final, notes, ...loadModel(request.outFolder) };
}

/** Next to nothing is learnt at this rate. */
const STILL = { learningRate: 1e-9, optimizer: 'sgd' } as const;

test('with the same classes it goes on from all of it, batch normalization as it was', async () => {
  const data = await dataOf('a', 'b');
  const first = await trained(data, { epochs: 4 });
  const next = await trained(data, { ...STILL, start: 'run:earlier' }, first.folder);
  expect(next.final.validation!.loss).toBeCloseTo(first.final.validation!.loss, 5);
  const anew = await trained(data, STILL);
  expect(Math.abs(anew.final.validation!.loss - first.final.validation!.loss)).toBeGreaterThan(1e-3);
});

test('with other classes the last layer is new, and alone it can be trained, on what the rest saw once', async () => {
  const first = await trained(await dataOf('a', 'b'), { epochs: 2 });
  const next = await trained(await dataOf('c', 'd', 'e'), { start: 'run:earlier', trains: 'head' }, first.folder);
  expect(next.weights.slice(0, -2)).toEqual(first.weights.slice(0, -2));
  expect(next.weights.at(-1)!.length).toBe(3);
  expect(next.notes.join()).toContain('looks at each of the 24 pictures once');
  const still = await trained(await dataOf('c', 'd', 'e'), { ...STILL, start: 'run:earlier' }, first.folder);
  const [kernel] = initialWeights(still.network, DEFAULT_SPEC.seed).slice(-2);
  still.weights.at(-2)!.forEach((value, i) => expect(value).toBeCloseTo(kernel[i], 5));
});

test('a run of another model, and one that is not there, are refused in a sentence', async () => {
  const data = await dataOf('a', 'b');
  const first = await trained(data, { model: 'lenet' });
  const start = { start: 'run:earlier' } as const;
  await expect(trained(data, start, first.folder)).rejects.toThrow('The run it starts from has the model lenet.');
  await expect(trained(data, start, temporaryFolder())).rejects.toThrow('there is no model.json in it');
});

test('where the model is the same and its weights do not fit, the sentence says what is another', async () => {
  const grey = await picturesOf(32, 1);
  const start = { start: 'run:earlier' } as const;
  const lenet = await trained(grey, { model: 'lenet' });
  const from = (settings: Partial<RunSpec>, data = grey, { folder } = lenet) =>
    trained(data, { model: 'lenet', ...start, ...settings }, folder);
  await expect(from({ inputSize: 28 })).rejects.toThrow('has pictures of 32 × 32 pixels, and its model fits no others.');
  await expect(from({}, await picturesOf(32, 3))).rejects.toThrow('has grey pictures. Import these as such');
  await expect(from({}), 'control').resolves.toBeDefined();
  const mlp = await trained(grey, { model: 'mlp' });
  await expect(from({ model: 'mlp' }, await packedSample('penguins'), mlp)).rejects.toThrow('sees pictures, and this data is a table.');
  const resnet = await trained(grey, { model: 'resnet-18', width: 0.1 });
  const other: Partial<RunSpec> = { model: 'resnet-18', epochs: 1 };
  await expect(from({ ...other, width: 0.1 }, await picturesOf(64, 3), resnet)).rejects.toThrow('has grey pictures.');
  await expect(from({ ...other, width: 0.2 }, grey, resnet)).rejects.toThrow('has the width 0.1. Choose that width');
  await expect(from({ ...other, width: 0.1, normalization: 'group' }, grey, resnet)).rejects.toThrow(
    'has batch normalization. Choose that',
  );
});
