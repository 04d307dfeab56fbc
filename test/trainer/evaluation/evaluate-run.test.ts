// A finished run judged by every sample it did not learn from: the very figures that the run itself came to, kept by the weights they are of.
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test, vi } from 'vitest';
import { importFolder } from '#datasets/import-folder';
import { answersOf } from '#shared/evaluation/confusion';
import type { ClassEvaluation, Evaluated, EvaluatedPart, MaskEvaluation, NumberEvaluation } from '#shared/evaluation/evaluation';
import { classOverlaps, meanIou, pixelsRight } from '#shared/evaluation/overlap';
import { residualFigures } from '#shared/evaluation/residuals';
import type { RunSpec } from '#shared/run-spec';
import { packedMasks, runMasks } from '#test/support/mask-runs';
import { pngBytes, tinyImageFolder, writeAt } from '#test/support/pictures';
import { changeReceipt, receiptOf, splitVersion, trainOn } from '#test/support/split-runs';
import { packedSample, runTable } from '#test/support/table-runs';
import { temporaryFolder } from '#test/support/temporary-folder';
import { answersKept } from '#trainer/comparing/compare-kept';
import { evaluateRun } from '#trainer/evaluation/evaluate-run';
import { openFinished } from '#trainer/evaluation/open-finished';
import { openJudged } from '#trainer/evaluation/open-judged';
import { score } from '#trainer/evaluation/score';
import { viewMasks } from '#trainer/evaluation/view-masks';
import { turn } from '#trainer/turn';

vi.setConfig({ testTimeout: 120_000 });

const evaluate = (runFolder: string, datasetFolder: string, part: EvaluatedPart = 'validation'): Promise<Evaluated> =>
  evaluateRun({ runFolder, datasetFolder, part }, () => {});
const filesOf = (runFolder: string) => readdirSync(join(runFolder, 'evaluation')).sort();

function shareRight(evaluation: Evaluated['evaluation']): number {
  const { truth } = evaluation as ClassEvaluation;
  const answers = answersOf(evaluation as ClassEvaluation);
  return truth.filter((label, i) => label === answers[i]).length / truth.length;
}

describe('pictures with a split of their own', () => {
  test('validation and test come to what the run came to, inside it and afterwards; nothing is left in the engine', async () => {
    const data = await splitVersion();
    const { runFolder, events } = await trainOn(data, { finalModel: 'best', epochs: 4, learningRate: 0.03 });
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
      const { runFolder } = await trainOn(await splitVersion(change), { finalModel: 'best' });
      return readFileSync(join(runFolder, 'weights.bin'));
    };
    const other = (part: string) => (root: string) => void writeAt(root, `${part}/a/0.png`, pngBytes({ seed: 4711 }));
    const whole = await weights(() => {});
    expect((await weights(other('test'))).equals(whole)).toBe(true);
    expect((await weights(other('train'))).equals(whole)).toBe(false);
  });

  test('it is computed once, and again where a byte of it is another or the weights are', async () => {
    const data = await splitVersion();
    const { runFolder } = await trainOn(data);
    const first = await evaluate(runFolder, data);
    const files = () => filesOf(runFolder);
    const [bin, json] = files().map((name) => join(runFolder, 'evaluation', name));
    const { ino } = statSync(bin);
    expect(await evaluate(runFolder, data)).toEqual(first);
    expect(statSync(bin).ino).toBe(ino);
    // Side by side it is read from what is kept; of a part that nobody judged there is nothing (control).
    const own = answersOf(first.evaluation as ClassEvaluation);
    expect(await answersKept({ runFolders: [runFolder, runFolder], part: 'validation' })).toMatchObject({ answers: [own, own] });
    await expect(answersKept({ runFolders: [runFolder, runFolder], part: 'test' })).rejects.toMatchObject({
      failure: { kind: 'bad-setting' },
    });
    const flip = (path: string, from: string | number, to: string | number) => {
      const bytes = readFileSync(path);
      if (typeof from === 'number') bytes[bytes.length + from] ^= Number(to);
      writeFileSync(path, typeof from === 'number' ? bytes : bytes.toString().replace(from, String(to)));
    };
    for (const damage of [() => flip(bin, -1, 1), () => flip(json, '"samples":21', '"samples":20'), () => flip(json, '"a"', '"z"')]) {
      damage();
      expect(await evaluate(runFolder, data)).toEqual(first);
    }

    const before = files();
    await trainOn(data, { epochs: 3, finalModel: 'last' }, { resumes: runFolder });
    const other = await evaluate(runFolder, data);
    expect(other.facts.weights).not.toBe(first.facts.weights);
    expect(files()).toHaveLength(2);
    expect(files()).not.toEqual(before);
  });

  test('where it cannot be kept it is answered all the same, and a folder that was removed is not made again', async () => {
    const data = await splitVersion();
    const { runFolder } = await trainOn(data);
    writeFileSync(join(runFolder, 'evaluation'), 'a file in its place');
    const unkept = await evaluate(runFolder, data);
    expect(unkept.notKept).toMatch(/^It could not be kept, so it is computed again the next time\./);
    rmSync(join(runFolder, 'evaluation'));
    const removed = await evaluateRun({ runFolder, datasetFolder: data, part: 'validation' }, () =>
      rmSync(runFolder, { recursive: true, force: true }),
    );
    expect(removed).toEqual({ ...unkept, notKept: removed.notKept });
    expect(existsSync(runFolder)).toBe(false);
  });

  test('with too little memory for its pieces it goes on in smaller ones, to the same probabilities', async () => {
    const data = await splitVersion();
    const { runFolder } = await trainOn(data);
    const whole = (await evaluate(runFolder, data)).evaluation as ClassEvaluation;
    rmSync(join(runFolder, 'evaluation'), { recursive: true });
    const seen: number[] = [];
    const within = async (budgetBytes: number, micro: number) => {
      changeReceipt(runFolder, ({ spec, plan }) => ({ spec: { ...spec, budgetBytes }, plan: { ...plan, micro }, peakBytes: budgetBytes }));
      seen.length = 0;
      return evaluateRun({ runFolder, datasetFolder: data, part: 'validation' }, (done) => seen.push(done));
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
  test('no test part, another version, data or weights that are gone, a receipt that is damaged or of other weights', async () => {
    const data = join(temporaryFolder(), 'version');
    await importFolder(tinyImageFolder(['a', 'b'], 8), { width: 8, height: 8, channels: 1 }, data);
    const { runFolder } = await trainOn(data);
    await expect(evaluate(runFolder, data, 'test')).rejects.toThrow(/no test part\. Put pictures/);
    await expect(evaluate(runFolder, await splitVersion())).rejects.toThrow(/not the version of .* that this model was trained on/);
    await expect(evaluate(runFolder, join(data, 'gone'))).rejects.toThrow(/trained on is gone/);
    await evaluate(runFolder, data);
    // What was computed once needs no data.
    expect((await evaluate(runFolder, join(data, 'gone'))).evaluation.indices).toHaveLength(4);
    rmSync(join(runFolder, 'evaluation'), { recursive: true });
    changeReceipt(runFolder, () => ({ weights: 'of others' }));
    await expect(evaluate(runFolder, data)).rejects.toThrow(/its weights are not those that its receipt is of.*choose again on History/);
    writeFileSync(join(runFolder, 'receipt.json'), '{');
    await expect(evaluate(runFolder, data)).rejects.toThrow(/receipt\.json is damaged/);
    rmSync(join(runFolder, 'weights.bin'));
    await expect(evaluate(runFolder, data)).rejects.toThrow(/weights\.bin is missing/);
  });

  test('a model that diverged: its answers are no numbers', async () => {
    const data = await splitVersion();
    const { runFolder } = await trainOn(data);
    const weights = readFileSync(join(runFolder, 'weights.bin'));
    new Float32Array(weights.buffer, weights.byteOffset, weights.length / 4).fill(NaN, -3);
    writeFileSync(join(runFolder, 'weights.bin'), weights);
    changeReceipt(runFolder, () => ({ weights: undefined }));
    await expect(evaluate(runFolder, data)).rejects.toThrow(/answers are no numbers, because its training diverged/);
    expect(existsSync(join(runFolder, 'evaluation'))).toBe(false);
  });
});

describe('with what it is judged', () => {
  test("samples at once are the run's where it tried them, and otherwise as many as stay inside the budget", async () => {
    const data = await splitVersion();
    const { runFolder } = await trainOn(data);
    const budgetBytes = 420_000;
    const sizeAndPeak = async (trains: RunSpec['trains']) => {
      changeReceipt(runFolder, ({ spec, plan }) => ({
        spec: { ...spec, budgetBytes, trains },
        plan: { ...plan, micro: 21 },
        peakBytes: budgetBytes,
      }));
      const { micro, scorer, dispose } = await openJudged(await openFinished(runFolder), { datasetFolder: data });
      const peak = () => scorer.meter.peakBytes;
      try {
        for await (const piece of score(
          scorer,
          Int32Array.from({ length: 21 }, (_, i) => i),
          micro,
          turn,
        ))
          expect(piece.size).toBeLessThan(21);
        return { micro, peakBytes: peak() };
      } finally {
        await dispose();
      }
    };
    // What trained the last layer alone never saw a picture in its steps.
    const ofHead = await sizeAndPeak('head');
    expect(ofHead.micro).toBeLessThan(21);
    expect(ofHead.peakBytes).toBeLessThanOrEqual(budgetBytes);
    // What is said to be too many is not tried, and each size is said before.
    const said: number[] = [];
    const question = { runFolder, datasetFolder: data, part: 'validation' as const, mostMicro: 2 };
    await evaluateRun(
      question,
      () => {},
      (micro) => said.push(micro),
    );
    expect(said).toEqual([1, 2, 2]);
    rmSync(join(runFolder, 'evaluation'), { recursive: true });
    // The first call of 21 is refused only when it took the memory (control).
    const ofAll = await sizeAndPeak(undefined);
    expect(ofAll.micro).toBe(21);
    expect(ofAll.peakBytes).toBeGreaterThan(budgetBytes);
  });

  test('an engine that is gone has another take its place, which is said', async () => {
    const data = await splitVersion();
    const { runFolder } = await trainOn(data);
    const own = await evaluate(runFolder, data);
    expect(own.facts.engine).toBeUndefined();
    rmSync(join(runFolder, 'evaluation'), { recursive: true });
    changeReceipt(runFolder, ({ spec, engine }) => ({
      spec: { ...spec, engine: 'tensorflow-cuda' },
      engine: { ...engine, name: 'tensorflow-cuda' },
    }));
    const other = await evaluate(runFolder, data);
    expect(other.facts.engine).toBe('WebAssembly');
    expect(shareRight(other.evaluation)).toBe(shareRight(own.evaluation));
  });
});

test('masks: IoU over all pictures is that of the run, and single pictures show what was found', async () => {
  const data = await packedMasks({ classes: 4, count: 12 }, { classes: { '2': null } });
  const { outFolder, finished } = await runMasks(data, { epochs: 3, batch: 8 });
  const evaluation = (await evaluate(outFolder, data)).evaluation as MaskEvaluation;
  const overlaps = classOverlaps(evaluation);
  expect(meanIou(overlaps)).toBeCloseTo(finished.validation!.scores!.IoU.value!, 12);
  expect(pixelsRight(overlaps)).toBeCloseTo(finished.validation!.accuracy, 12);

  const judged = await openJudged(await openFinished(outFolder), { datasetFolder: data });
  const { signal } = new AbortController();
  const views = await viewMasks(judged, [...evaluation.indices], signal);
  const [, , so] = [0, 1, 2].map((kind) => evaluation.counts.filter((_, place) => place % 3 === kind).reduce((a, b) => a + b, 0));
  expect(views.truth.filter((label) => label !== 255)).toHaveLength(so);
  const right = views.truth.filter((label, pixel) => label === views.found[pixel]).length;
  expect(right).toBe(overlaps.reduce((sum, { both }) => sum + both, 0));
  // Open for the next question, as a page asks them.
  const area = views.width * views.height;
  const { found } = await viewMasks(judged, [evaluation.indices[1]], signal);
  expect(Buffer.compare(found, views.found.subarray(area, 2 * area))).toBe(0);
  await expect(viewMasks(judged, [12], signal)).rejects.toThrow('There is no picture 13 in this data, which has 12.');
  await expect(viewMasks(judged, [0], AbortSignal.abort())).rejects.toMatchObject({ failure: { kind: 'cancelled' } });
  await judged.dispose();
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
