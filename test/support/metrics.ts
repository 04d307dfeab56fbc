// METHOD.md's row 10: metrics of micro-batches are the whole batch's, and scikit-learn's (test/fixtures/make-metrics.py); run on every engine.
import { add, concat, reshape, slice, tensor, zeros, type Tensor } from '@tensorflow/tfjs-core';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { accuracy } from '#engine/objectives/metrics/accuracy';
import { auc } from '#engine/objectives/metrics/auc';
import { errors } from '#engine/objectives/metrics/errors';
import { iouAndDice, precisionAndRecall } from '#engine/objectives/metrics/overlap';
import { topK } from '#engine/objectives/metrics/top-k';
import type { Metric, Score } from '#engine/objectives/objective';
import type { Runtime, TensorSpec } from '#engine/runtime';

interface Family {
  value: number;
  each: number[];
}

const FIXTURE = JSON.parse(readFileSync(new URL('../fixtures/metrics.json', import.meta.url), 'utf8')) as {
  classes: {
    logits: number[][];
    labels: number[];
    accuracy: number;
    top3: number;
    auc: number[];
    precision: Family;
    recall: Family;
    F1: Family;
  };
  yesNo: { logits: number[][]; targets: number[][]; auc: number[] } & Record<'precision' | 'recall' | 'F1' | 'IoU' | 'Dice', Family>;
  values: { values: number[][]; targets: number[][]; mae: number[]; r2: number[]; mae_mean: number; r2_mean: number };
};

/** Ways to cut the fixture's 60 samples. */
const CUTS = [[60], [1, 7, 30, 22], Array.from({ length: 60 }, () => 1)];

interface Data {
  /** [n][channels], n samples of one position each. */
  output: number[][];
  target: number[] | number[][];
}

export function metricSuite(load: () => Promise<Runtime>): void {
  let runtime: Runtime;
  beforeAll(async () => {
    runtime = await load();
  });

  /** Counts as the step adds them: carried from piece to piece in 32 bits, from mini-batch to mini-batch in 64. */
  function scoresOf(metric: Metric, { output, target }: Data, miniBatches: number[][]): Record<string, Score> {
    const channels = output[0].length;
    const length = metric.length([channels]);
    const dtype = Array.isArray(target[0]) ? 'float32' : 'int32';
    let total: number[] | undefined;
    let start = 0;
    for (const pieces of miniBatches) {
      let carried: Tensor = zeros([length]);
      for (const n of pieces) {
        const targetShape = dtype === 'int32' ? [n] : [n, channels];
        const specs: TensorSpec[] = [
          { shape: [n, channels], dtype: 'float32' },
          { shape: targetShape, dtype },
          { shape: [length], dtype: 'float32' },
        ];
        const compiled = runtime.compile(
          'metric',
          ([y, t, before]) => {
            const tally = metric.tally({ output: y, targets: [t], carried: () => slice(before, [0], [length]) });
            return [add(before, reshape(concat([tally]), [length]))];
          },
          specs,
        );
        const rows = output.slice(start, start + n).flat();
        const wanted = (target.slice(start, start + n) as number[][]).flat();
        const inputs = [tensor(rows, specs[0].shape, 'float32'), tensor(wanted, targetShape, dtype), carried];
        [carried] = compiled.call(inputs);
        inputs.forEach((t) => t.dispose());
        compiled.dispose();
        start += n;
      }
      const counts = Array.from(carried.dataSync());
      carried.dispose();
      total = total === undefined ? counts : (metric.merge?.(total, counts) ?? total.map((v, i) => v + counts[i]));
    }
    return Object.fromEntries(metric.scores(total!).map((score) => [score.name, score]));
  }

  const expectClose = (found: readonly number[], expected: readonly number[], within = 1e-6): void => {
    expect(found).toHaveLength(expected.length);
    expected.forEach((value, i) =>
      expect(Math.abs(found[i] - value), `of class ${i}: ${found[i]} for ${value}`).toBeLessThanOrEqual(within),
    );
  };

  const { classes, yesNo, values } = FIXTURE;
  const ofClasses: Data = { output: classes.logits, target: classes.labels };
  const ofYesNo: Data = { output: yesNo.logits, target: yesNo.targets };
  const ofValues: Data = { output: values.values, target: values.targets };

  describe.each([...CUTS.map((pieces) => [pieces]), [[30, 1], [29]]])('row 10: in mini-batches of %j', (...miniBatches) => {
    it('accuracy and top-3 are scikit-learn’s', () => {
      expect(scoresOf(accuracy(), ofClasses, miniBatches).accuracy.value).toBeCloseTo(classes.accuracy, 6);
      expect(scoresOf(topK(3), ofClasses, miniBatches)['top-3'].value).toBeCloseTo(classes.top3, 6);
    });

    it('precision, recall and F1 of classes and labels are scikit-learn’s', () => {
      for (const [found, expected] of [
        [scoresOf(precisionAndRecall(), ofClasses, miniBatches), classes],
        [scoresOf(precisionAndRecall({ kind: 'yes or no' }), ofYesNo, miniBatches), yesNo],
      ] as const)
        for (const name of ['precision', 'recall', 'F1'] as const) {
          expectClose(found[name].each!, expected[name].each);
          expect(found[name].value).toBeCloseTo(expected[name].value, 6);
        }
    });

    it('IoU and Dice are those of summed intersections and unions', () => {
      const found = scoresOf(iouAndDice(), ofYesNo, miniBatches);
      for (const name of ['IoU', 'Dice'] as const) {
        expectClose(found[name].each!, yesNo[name].each);
        expect(found[name].value).toBeCloseTo(yesNo[name].value, 6);
      }
    });

    it('AUC is scikit-learn’s within the bound it states', () => {
      for (const [kind, data, expected] of [
        ['classes', ofClasses, classes.auc],
        ['yes or no', ofYesNo, yesNo.auc],
      ] as const) {
        const { AUC } = scoresOf(auc({ kind }), data, miniBatches);
        const known = AUC.each!.filter((v) => !Number.isNaN(v));
        expect(AUC.within).toBeLessThan(0.01);
        expectClose(known, expected, 0.01);
        const mean = expected.reduce((a, b) => a + b, 0) / expected.length;
        expect(Math.abs(AUC.value - mean)).toBeLessThanOrEqual(AUC.within! + 1e-6);
      }
    });

    it('MAE and R² of values near 1000 are scikit-learn’s', () => {
      const { MAE, 'R²': R2 } = scoresOf(errors(), ofValues, miniBatches);
      expectClose(MAE.each!, values.mae);
      expect(MAE.value).toBeCloseTo(values.mae_mean, 6);
      expectClose(R2.each!, values.r2);
      expect(R2.value).toBeCloseTo(values.r2_mean, 6);
    });
  });

  it('row 10, control: the mean of the pieces’ own scores is another number', () => {
    const sliced = (data: Data, metric: Metric, name: string, pieces = CUTS[1]): number => {
      let start = 0;
      const own = pieces.map((n) => {
        const part = { output: data.output.slice(start, start + n), target: data.target.slice(start, (start += n)) as number[] };
        return scoresOf(metric, part, [[n]])[name].value;
      });
      const known = own.filter((v) => !Number.isNaN(v));
      return known.reduce((a, b) => a + b, 0) / known.length;
    };
    expect(Math.abs(sliced(ofClasses, accuracy(), 'accuracy') - classes.accuracy)).toBeGreaterThan(1e-2);
    expect(Math.abs(sliced(ofClasses, precisionAndRecall(), 'F1') - classes.F1.value)).toBeGreaterThan(1e-2);
    expect(Math.abs(sliced(ofYesNo, iouAndDice(), 'IoU') - yesNo.IoU.value)).toBeGreaterThan(1e-2);
    expect(
      Math.abs(sliced(ofYesNo, auc({ kind: 'yes or no' }), 'AUC', [5, 5, 50]) - yesNo.auc.reduce((a, b) => a + b) / 3),
    ).toBeGreaterThan(1e-2);
    expect(Math.abs(sliced(ofValues, errors(), 'R²') - values.r2_mean)).toBeGreaterThan(1e-2);
  });

  it('what is masked or ignored counts nowhere', () => {
    const some = (i: number): boolean => i % 4 === 0;
    const kept = ({ output, target }: Data): Data => ({
      output: output.filter((_, i) => !some(i)),
      target: (target as number[]).filter((_, i) => !some(i)),
    });
    const ignored: Data = { ...ofClasses, target: classes.labels.map((label, i) => (some(i) ? 255 : label)) };
    const masked: Data = { ...ofYesNo, target: yesNo.targets.map((row, i) => (some(i) ? row.map(() => -1) : row)) };
    const kind = { kind: 'classes', ignore: 255 } as const;
    for (const [metric, plain] of [
      [accuracy({ ignore: 255 }), accuracy()],
      [topK(3, { ignore: 255 }), topK(3)],
      [precisionAndRecall(kind), precisionAndRecall()],
      [auc(kind), auc()],
    ]) {
      expect(scoresOf(metric, ignored, [[60]])).toEqual(scoresOf(plain, kept(ofClasses), [[45]]));
    }
    for (const metric of [iouAndDice(), precisionAndRecall({ kind: 'yes or no' }), auc({ kind: 'yes or no' })]) {
      expect(scoresOf(metric, masked, [[60]])).toEqual(scoresOf(metric, kept(ofYesNo), [[45]]));
    }
  });

  it('of outputs that are not numbers, as a diverged run has them, AUC is unknown', () => {
    const broken: Data = {
      output: [
        [NaN, 1],
        [0, 1],
        [NaN, NaN],
      ],
      target: [0, 1, 1],
    };
    expect(scoresOf(auc(), broken, [[3]]).AUC.value).toBeNaN();
    expect(
      scoresOf(
        auc({ kind: 'yes or no' }),
        {
          ...broken,
          target: [
            [0, 1],
            [1, 0],
            [1, 1],
          ],
        },
        [[2, 1]],
      ).AUC.value,
    ).toBeNaN();
  });

  it('of equal outputs the first counts as larger', () => {
    const equal: Data = { output: [[1, 1, 1, 0]], target: [2] };
    expect(scoresOf(topK(2), equal, [[1]])['top-2'].value).toBe(0);
    expect(scoresOf(topK(3), equal, [[1]])['top-3'].value).toBe(1);
  });
}
