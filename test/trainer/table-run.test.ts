// A table trained: the split scikit-learn was given too, any micro-batch the whole batch's result, true resumption, and a saved model that
// answers about raw rows as the trainer does.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { openTable } from '#datasets/tables/packed-table';
import { encodeRawRows } from '#datasets/tables/raw-rows';
import { splitTable } from '#datasets/tables/split-table';
import type { TableMetadata } from '#engine/layers-model';
import type { Receipt } from '#shared/run-event';
import { sentence } from '#shared/run-sentence';
import type { RunSpec } from '#shared/run-spec';
import { packedSample, runTable } from '#test/support/table-runs';
import type { RawRow } from '#shared/prediction';
import { predictRows } from '#trainer/predict-rows';

interface Split {
  seed: number;
  held: number[];
}
const FIXTURE = JSON.parse(readFileSync('test/fixtures/tables.json', 'utf8')) as { diabetes: Split[]; penguins: Split[] };

test.each(['diabetes', 'penguins'] as const)('%s are split as the script written beside scikit-learn splits them', async (name) => {
  const table = await openTable(await packedSample(name));
  for (const { seed, held } of FIXTURE[name]) {
    const { train, validation } = splitTable(table, { validationShare: 0.2, seed });
    expect([...validation]).toEqual(held);
    expect([...train, ...validation].sort((a, b) => a - b)).toEqual(Array.from({ length: table.manifest.count }, (_, i) => i));
  }
  // The control: another seed is another split.
  expect([...splitTable(table, { validationShare: 0.2, seed: 4 }).validation]).not.toEqual(FIXTURE[name][0].held);
  table.close();
});

const numbers = { batch: 64, epochs: 2 } satisfies Partial<RunSpec>;

test.each([
  ['penguins', 'classification'],
  ['diabetes', 'regression'],
] as const)('%s: any micro-batch ends with the whole batch’s loss and scores', async (name, task) => {
  const data = await packedSample(name);
  const final = async (settings: Partial<RunSpec>) => (await runTable(data, task, { ...numbers, model: 'mlp', ...settings })).finished;
  const whole = await final({ micro: 64 });
  for (const micro of [1, 7, 33]) {
    const { train, validation } = await final({ micro });
    expect(Math.abs(train.loss / whole.train.loss - 1)).toBeLessThan(1e-5);
    expect(Math.abs(validation!.loss / whole.validation!.loss - 1)).toBeLessThan(1e-5);
  }
  // The control: another batch is another run.
  expect(Math.abs((await final({ batch: 32 })).train.loss / whole.train.loss - 1)).toBeGreaterThan(1e-3);
});

test('a number is told in its own unit: R² and mean absolute error, in the event, the receipt and in words', async () => {
  const { finished, outFolder, events } = await runTable(await packedSample('diabetes'), 'regression', { epochs: 10 });
  const { R2, MAE } = { R2: finished.validation!.scores!['R²'].value!, MAE: finished.validation!.scores!.MAE.value! };
  expect(R2).toBeGreaterThan(0.3);
  // A share of the target's own spread, 77, not of its standardized one, 1.
  expect(MAE).toBeGreaterThan(30);
  expect(MAE).toBeLessThan(60);
  expect(finished.validation!.accuracy).toBeNaN();
  expect(sentence(finished)).toBe(
    `Completed; on the validation samples R² ${R2.toFixed(3)}, off by ${MAE.toLocaleString('en', { maximumSignificantDigits: 4 })} on average.`,
  );
  const receipt = JSON.parse(readFileSync(join(outFolder, 'receipt.json'), 'utf8')) as Receipt;
  expect(receipt.dataset).toMatchObject({ kind: 'table', target: 'progression', labels: [], train: 352, validation: 90 });
  expect(receipt.final.validation!.scores).toEqual(finished.validation!.scores);
  expect(events.filter(({ kind }) => kind === 'epoch')).toHaveLength(10);
  expect(readFileSync(join(outFolder, 'metrics.jsonl'), 'utf8').trim().split('\n')).toHaveLength(10 * 11 + 10);
});

test('an interrupted run, resumed, ends with the numbers of an undisturbed one', async () => {
  const data = await packedSample('diabetes');
  const settings = { epochs: 3, model: 'mlp' as const };
  const whole = await runTable(data, 'regression', settings);
  const stopped = await runTable(data, 'regression', settings, { onEvent: (event, stop) => event.kind === 'epoch' && stop() });
  expect(stopped.finished.reason).toBe('stopped');
  const { outFolder } = stopped;
  const resumed = await runTable(data, 'regression', settings, { outFolder, resumeFolder: outFolder });
  expect(resumed.finished).toMatchObject({ reason: 'completed', train: whole.finished.train, validation: whole.finished.validation });
});

/** The rows of a table's file as they stand there. */
function rawRows(name: 'penguins' | 'diabetes'): RawRow[] {
  const [header, ...rows] = readFileSync(`resources/samples/${name}/${name}.csv`, 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  return rows.map((row) => Object.fromEntries(row.map((cell, i) => [header[i], cell])));
}

test.each([
  ['penguins', 'classification', 'mlp'],
  ['diabetes', 'regression', 'mlp'],
  ['penguins', 'classification', 'linear'],
  ['diabetes', 'regression', 'linear'],
] as const)(
  '%s, %s, %s: the saved model answers about raw rows as the trainer does, here and in stock TF.js',
  async (name, task, model) => {
    const data = await packedSample(name);
    const { outFolder, finished } = await runTable(data, task, { epochs: 3, model });
    const table = await openTable(data);
    const { validation } = splitTable(table, { validationShare: 0.2, seed: 1 });
    const rows = rawRows(name);
    const held = Array.from(validation, (index) => rows[index]);
    const answers = await predictRows(outFolder, held, 'wasm');

    // The trainer's own figures, from the answers alone.
    const targets = Array.from(validation, (index) => table.targets[index]);
    const { labels } = table.manifest;
    const wrong = answers.map((answer, i) =>
      answer.kind === 'number' ? answer.value - targets[i] : Number(answer.classes[0].label !== labels[targets[i]]),
    );
    if (task === 'regression') {
      const off = wrong.reduce((sum, error) => sum + Math.abs(error), 0) / wrong.length;
      expect(Math.abs(off / finished.validation!.scores!.MAE.value! - 1)).toBeLessThan(1e-5);
    } else {
      expect(1 - wrong.filter(Boolean).length / wrong.length).toBeCloseTo(finished.validation!.accuracy, 9);
      const loss = answers.reduce((sum, answer, i) => {
        const right = answer.kind === 'class' ? answer.classes.find(({ label }) => label === labels[targets[i]])!.probability : NaN;
        return sum - Math.log(right);
      }, 0);
      expect(Math.abs(loss / answers.length / finished.validation!.loss - 1)).toBeLessThan(1e-4);
    }
    table.close();

    // Stock TF.js reads the files and says the same.
    const json = JSON.parse(readFileSync(join(outFolder, 'model.json'), 'utf8'));
    const weights = readFileSync(join(outFolder, 'weights.bin'));
    const metadata = json.userDefinedMetadata as TableMetadata;
    const stockModel = await tf.loadLayersModel(
      tf.io.fromMemory({
        modelTopology: json.modelTopology,
        weightSpecs: json.weightsManifest[0].weights,
        weightData: new Uint8Array(weights).buffer,
      }),
    );
    const output = stockModel.predict(tf.tensor2d(encodeRawRows(metadata.table, held), [held.length, metadata.inputShape[0]])) as tf.Tensor;
    const stock = output.dataSync();
    for (const [i, answer] of answers.entries()) {
      if (answer.kind === 'number') {
        const { mean, deviation } = metadata.table.fit.target!;
        expect(Math.abs((answer.value - mean) / deviation - stock[i])).toBeLessThan(1e-5);
      } else
        for (const { label, probability } of answer.classes)
          expect(Math.abs(probability - stock[i * labels.length + labels.indexOf(label)])).toBeLessThan(1e-5);
    }
    tf.dispose([output, ...stockModel.getWeights()]);
  },
);

test.each([
  [{ model: 'small-cnn' }, 'The model small-cnn is for pictures, and this data is a table. Choose one of: mlp, linear.'],
  [{ augment: { flip: 1 } }, 'Only pictures can be varied, and this data is a table. Leave augmentation out.'],
  [{ inputSize: 8 }, 'Only pictures have an input size, and this data is a table. Leave it out.'],
  [{ loss: 'focal' }, 'The loss focal does not fit "progression", which is a number. Choose one of: squared-error, absolute-error, huber.'],
  [{ classWeights: 'auto' }, 'Class weights cannot be used, because "progression" is a number and has no classes. Leave it out.'],
  [{ labelSmoothing: 0.1 }, 'Label smoothing cannot be used, because "progression" is a number and has no classes. Leave it out.'],
] satisfies [Partial<RunSpec>, string][])('%j is refused in a sentence', async (settings, problem) => {
  await expect(runTable(await packedSample('diabetes'), 'regression', settings)).rejects.toThrow(problem);
});

test.each(['absolute-error', 'huber'] as const)('the loss %s is another one', async (loss) => {
  const data = await packedSample('diabetes');
  const first = async (settings: Partial<RunSpec>) => (await runTable(data, 'regression', { epochs: 1, ...settings })).finished;
  const [other, squared] = [await first({ loss }), await first({})];
  expect(other.train.loss).not.toBe(squared.train.loss);
  expect(other.validation!.scores!['R²'].value).toBeLessThan(1);
});
