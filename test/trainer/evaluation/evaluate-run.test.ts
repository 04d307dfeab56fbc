// A finished run judged by every sample it did not learn from: the very figures that the run itself came to, kept by the weights they are of.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test, vi } from 'vitest';
import { importFolder } from '#datasets/import-folder';
import { answersOf } from '#shared/evaluation/confusion';
import type { ClassEvaluation, Evaluated, EvaluatedPart, MaskEvaluation, NumberEvaluation } from '#shared/evaluation/evaluation';
import { classOverlaps, meanIou, pixelsRight } from '#shared/evaluation/overlap';
import { residualFigures } from '#shared/evaluation/residuals';
import type { Receipt, RunEvent } from '#shared/run-event';
import { DEFAULT_SPEC, type RunSpec } from '#shared/run-spec';
import { packedMasks, runMasks } from '#test/support/mask-runs';
import { pngBytes, tinyImageFolder, writeAt } from '#test/support/pictures';
import { packedSample, runTable } from '#test/support/table-runs';
import { temporaryFolder } from '#test/support/temporary-folder';
import { evaluateRun } from '#trainer/evaluation/evaluate-run';
import { viewMasks } from '#trainer/evaluation/view-masks';
import { executeRun } from '#trainer/execute-run';

vi.setConfig({ testTimeout: 120_000 });

const never = new AbortController().signal;
const receiptOf = (runFolder: string) => JSON.parse(readFileSync(join(runFolder, 'receipt.json'), 'utf8')) as Receipt;
const evaluate = (runFolder: string, datasetFolder: string, part: EvaluatedPart = 'validation'): Promise<Evaluated> =>
  evaluateRun({ runFolder, datasetFolder, part }, () => {}, never);

function shareRight(evaluation: Evaluated['evaluation']): number {
  const { truth } = evaluation as ClassEvaluation;
  const answers = answersOf(evaluation as ClassEvaluation);
  return truth.filter((label, i) => label === answers[i]).length / truth.length;
}

/** With parts of its own, as folders. `change`: of the folder before it is packed. */
async function split(change: (root: string) => void = () => {}): Promise<string> {
  const root = temporaryFolder();
  for (const [part, count] of [
    ['train', 8],
    ['val', 7],
    ['test', 5],
  ] as const)
    tinyImageFolder(['a', 'b', 'c'], count, root, part);
  change(root);
  const folder = join(temporaryFolder(), 'version');
  await importFolder(root, { width: 8, height: 8, channels: 1 }, folder);
  return folder;
}

async function train(datasetFolder: string, settings: Partial<RunSpec> = {}): Promise<{ runFolder: string; events: RunEvent[] }> {
  const runFolder = temporaryFolder();
  const spec: RunSpec = { ...DEFAULT_SPEC, engine: 'wasm', batch: 8, micro: 5, epochs: 2, ...settings };
  const events: RunEvent[] = [];
  for await (const event of executeRun({ spec, datasetFolder, outFolder: runFolder }, never)) events.push(event);
  return { runFolder, events };
}

describe('pictures with a split of their own', () => {
  test('validation and test come to what the run came to, inside it and afterwards; nothing is left in the engine', async () => {
    const data = await split();
    const { runFolder, events } = await train(data, { finalModel: 'best', epochs: 4, learningRate: 0.03 });
    const { final, dataset } = receiptOf(runFolder);
    expect(dataset).toMatchObject({ train: 24, validation: 21, test: 15 });
    expect(final.test).toMatchObject({ samples: 15 });
    expect(events.at(-1)).toMatchObject({ kind: 'finished', test: final.test });
    const before = tf.memory().numTensors;
    const [held, set] = [await evaluate(runFolder, data), await evaluate(runFolder, data, 'test')];
    expect(tf.memory().numTensors).toBe(before);
    expect([shareRight(held.evaluation), shareRight(set.evaluation)]).toEqual([final.validation!.accuracy, final.test!.accuracy]);
    expect(set.facts).toMatchObject({ validation: 21, test: 15, chosenBy: 'the epoch that was kept was chosen by them' });
    const { probabilities } = held.evaluation as ClassEvaluation;
    for (let row = 0; row < 21; row++) expect(probabilities.slice(3 * row, 3 * row + 3).reduce((a, b) => a + b)).toBeCloseTo(1, 5);
  });

  test('what is in the test part changes nothing of what is learnt or chosen; what is in the training part does (control)', async () => {
    const weights = async (change: (root: string) => void) => {
      const { runFolder } = await train(await split(change), { finalModel: 'best' });
      return readFileSync(join(runFolder, 'weights.bin'));
    };
    const other = (part: string) => (root: string) => void writeAt(root, `${part}/a/0.png`, pngBytes({ seed: 4711 }));
    const whole = await weights(() => {});
    expect((await weights(other('test'))).equals(whole)).toBe(true);
    expect((await weights(other('train'))).equals(whole)).toBe(false);
  });

  test('it is computed once, and again for other weights, whose file takes the place of the one before', async () => {
    const data = await split();
    const { runFolder } = await train(data);
    const first = await evaluate(runFolder, data);
    const files = () => readdirSync(join(runFolder, 'evaluation')).sort();
    const [bin] = files();
    // What is there is believed: a sign in the file comes back.
    const marked = Float32Array.of(0.125);
    const bytes = readFileSync(join(runFolder, 'evaluation', bin));
    bytes.set(new Uint8Array(marked.buffer), bytes.length - 4);
    writeFileSync(join(runFolder, 'evaluation', bin), bytes);
    expect(((await evaluate(runFolder, data)).evaluation as ClassEvaluation).probabilities.at(-1)).toBe(0.125);
    // Cut short it is made again.
    writeFileSync(join(runFolder, 'evaluation', bin), bytes.subarray(0, 40));
    expect(await evaluate(runFolder, data)).toEqual(first);

    const before = files();
    const weights = readFileSync(join(runFolder, 'weights.bin'));
    new Float32Array(weights.buffer, weights.byteOffset, weights.length / 4).fill(0, -3);
    writeFileSync(join(runFolder, 'weights.bin'), weights);
    const other = await evaluate(runFolder, data);
    expect(other.facts.weights).not.toBe(first.facts.weights);
    expect(files()).toHaveLength(2);
    expect(files()).not.toEqual(before);
  });

  test('with too little memory for its pieces it goes on in smaller ones, to the same probabilities', async () => {
    const data = await split();
    const { runFolder } = await train(data);
    const whole = (await evaluate(runFolder, data)).evaluation as ClassEvaluation;
    rmSync(join(runFolder, 'evaluation'), { recursive: true });
    const receipt = receiptOf(runFolder);
    const seen: number[] = [];
    const within = async (budgetBytes: number, micro: number) => {
      const changed = { ...receipt, spec: { ...receipt.spec, budgetBytes }, plan: { ...receipt.plan, micro } };
      writeFileSync(join(runFolder, 'receipt.json'), JSON.stringify(changed));
      seen.length = 0;
      return evaluateRun({ runFolder, datasetFolder: data, part: 'validation' }, (done) => seen.push(done), never);
    };
    // Little more than the weights: one sample fits, 21 do not.
    const pieces = (await within(420_000, 21)).evaluation as ClassEvaluation;
    expect(seen.length).toBeGreaterThan(2);
    pieces.probabilities.forEach((value, i) => expect(value).toBeCloseTo(whole.probabilities[i], 5));
    rmSync(join(runFolder, 'evaluation'), { recursive: true });
    await expect(within(1_000, 21)).rejects.toMatchObject({ failure: { kind: 'out-of-memory' } });
  });
});

describe('what cannot be judged is said', () => {
  test('no test part, another version, data or weights that are gone, a receipt that is damaged, and a person who cancels', async () => {
    const data = join(temporaryFolder(), 'version');
    await importFolder(tinyImageFolder(['a', 'b'], 8), { width: 8, height: 8, channels: 1 }, data);
    const { runFolder } = await train(data);
    await expect(evaluate(runFolder, data, 'test')).rejects.toThrow(/no test part\. Put pictures/);
    await expect(evaluate(runFolder, await split())).rejects.toThrow(/not the version of .* that this model was trained on/);
    await expect(evaluate(runFolder, join(data, 'gone'))).rejects.toThrow(/trained on is gone/);
    await evaluate(runFolder, data);
    // What was computed once needs no data.
    expect((await evaluate(runFolder, join(data, 'gone'))).evaluation.indices).toHaveLength(4);
    rmSync(join(runFolder, 'evaluation'), { recursive: true });
    const stop = new AbortController();
    const question = { runFolder, datasetFolder: data, part: 'validation' as const };
    await expect(evaluateRun(question, () => stop.abort(), stop.signal)).rejects.toMatchObject({ failure: { kind: 'cancelled' } });
    writeFileSync(join(runFolder, 'receipt.json'), '{');
    await expect(evaluate(runFolder, data)).rejects.toThrow(/receipt\.json is damaged/);
    rmSync(join(runFolder, 'weights.bin'));
    await expect(evaluate(runFolder, data)).rejects.toThrow(/weights\.bin is missing/);
  });
});

test('masks: IoU over all pictures is that of the run, and single pictures show what was found', async () => {
  const data = await packedMasks({ classes: 4, count: 12 }, { classes: { '2': null } });
  const { outFolder, finished } = await runMasks(data, { epochs: 3, batch: 8 });
  const evaluation = (await evaluate(outFolder, data)).evaluation as MaskEvaluation;
  const overlaps = classOverlaps(evaluation);
  expect(meanIou(overlaps)).toBeCloseTo(finished.validation!.scores!.IoU.value!, 12);
  expect(pixelsRight(overlaps)).toBeCloseTo(finished.validation!.accuracy, 12);

  const views = await viewMasks({ runFolder: outFolder, datasetFolder: data, samples: [...evaluation.indices] });
  const [, , so] = [0, 1, 2].map((kind) => evaluation.counts.filter((_, place) => place % 3 === kind).reduce((a, b) => a + b, 0));
  expect(views.truth.filter((label) => label !== 255)).toHaveLength(so);
  const right = views.truth.filter((label, pixel) => label === views.found[pixel]).length;
  expect(right).toBe(overlaps.reduce((sum, { both }) => sum + both, 0));
});

test('a number: errors in its own unit are those of the run', async () => {
  const data = await packedSample('diabetes');
  const { outFolder, finished } = await runTable(data, 'regression', { epochs: 5 });
  const evaluation = (await evaluate(outFolder, data)).evaluation as NumberEvaluation;
  const { mae, r2 } = residualFigures(evaluation);
  expect(mae).toBeCloseTo(finished.validation!.scores!.MAE.value!, 3);
  expect(r2).toBeCloseTo(finished.validation!.scores!['R²'].value!, 5);
  expect(evaluation.truth.every(Number.isInteger)).toBe(true);
});

test('a class of a table: as many rows right as in the run', async () => {
  const data = await packedSample('penguins');
  const { outFolder, finished } = await runTable(data, 'classification', { epochs: 3 });
  expect(shareRight((await evaluate(outFolder, data)).evaluation)).toBe(finished.validation!.accuracy);
});
