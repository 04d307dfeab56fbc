// Verdicts of models that are equally good, 1,000 pairs of each kind: luck is called a difference in no more than 6.5 % of them.
import { describe, expect, it } from 'vitest';
import { randomStream } from '#engine/random';
import { conclusionOf, type RepeatsVerdict, type SamplesVerdict } from '#shared/comparison/comparison';
import { repeatVerdicts } from '#shared/comparison/repeats';
import { sampleVerdict } from '#shared/comparison/sample-verdict';
import type { Evaluated, Evaluation } from '#shared/evaluation/evaluation';
import { DEFAULT_SPEC } from '#shared/run-spec';

const PAIRS = 1_000;
const random = randomStream(5, 1);
const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

const evaluated = (evaluation: Evaluation): Evaluated => ({
  facts: { weights: 'w', data: 'd', sort: 'pictures', validation: evaluation.indices.length, test: 0 },
  evaluation,
});
const order = (n: number): Int32Array => Int32Array.from({ length: n }, (_, i) => i);

/** Right in a share of the samples that is the harder one's own: two of them agree more often than chance. */
function classifier(hardness: Float64Array, better = 0): Evaluated {
  const truth = Int32Array.from(hardness, (_, i) => i % 2);
  const probabilities = Float32Array.from(
    Array.from(hardness).flatMap((hard, i) => {
      const isRight = random() > hard - better;
      return isRight === (truth[i] === 0) ? [0.9, 0.1] : [0.1, 0.9];
    }),
  );
  return evaluated({ kind: 'classes', part: 'validation', labels: ['a', 'b'], indices: order(hardness.length), truth, probabilities });
}

/** Heavy tails, as of prices. */
function regressor(truth: Float64Array, shared: Float64Array, scale = 1): Evaluated {
  const predicted = truth.map((value, i) => value + scale * (shared[i] + normal() * Math.exp(normal())));
  return evaluated({ kind: 'number', part: 'validation', target: 'y', indices: order(truth.length), truth, predicted });
}

function segmenter(sizes: Float64Array, better = 0): Evaluated {
  const counts = Uint32Array.from(
    Array.from(sizes).flatMap((size) => {
      const both = Math.round(size * Math.min(0.99, Math.max(0, 0.7 + better + 0.15 * normal())));
      return [4_000 - size, 4_000 - both, 4_000 - size, both, size, size];
    }),
  );
  return evaluated({ kind: 'masks', part: 'validation', labels: ['ground', 'thing'], indices: order(sizes.length), counts });
}

/** Percent of the pairs that are called better or worse. */
function called(pair: () => [Evaluated, Evaluated], pairs = PAIRS): number {
  let apart = 0;
  for (let i = 0; i < pairs; i++) {
    const verdict = sampleVerdict(...pair(), randomStream(i, 2)) as SamplesVerdict;
    if (['better', 'worse'].includes(conclusionOf(verdict))) apart++;
  }
  return (100 * apart) / pairs;
}

describe('of equal models few are called apart, of unequal ones many (control)', () => {
  const draw = (n: number, of: () => number): Float64Array => Float64Array.from({ length: n }, of);

  it('classes, 540 samples', () => {
    const pair = (better: number) => (): [Evaluated, Evaluated] => {
      const hardness = draw(540, () => (random() < 0.8 ? 0.03 : 0.5));
      return [classifier(hardness), classifier(hardness, better)];
    };
    expect(called(pair(0))).toBeLessThanOrEqual(6.5);
    expect(called(pair(0.06), 100)).toBeGreaterThan(50);
  });

  it('numbers, 25 samples with heavy tails', () => {
    const pair = (scale: number) => (): [Evaluated, Evaluated] => {
      const [truth, shared] = [draw(25, normal), draw(25, normal)];
      return [regressor(truth, shared), regressor(truth, shared, scale)];
    };
    expect(called(pair(1))).toBeLessThanOrEqual(6.5);
    expect(called(pair(3), 100)).toBeGreaterThan(50);
  });

  it('masks, 30 pictures', () => {
    const pair = (better: number) => (): [Evaluated, Evaluated] => {
      const sizes = draw(30, () => 200 + Math.round(800 * random()));
      return [segmenter(sizes), segmenter(sizes, better)];
    };
    expect(called(pair(0))).toBeLessThanOrEqual(6.5);
    expect(called(pair(0.15), 100)).toBeGreaterThan(50);
  });

  it.each([3, 8])('repeats, %d pairs', (pairs) => {
    const share = (better: number): number => {
      let apart = 0;
      for (let i = 0; i < PAIRS; i++) {
        const runs = Array.from({ length: pairs }, (_, seed) => {
          const hardness = 0.01 * normal();
          return [0, better].map((more, which) => ({
            id: `${which}-${seed}`,
            state: 'completed' as const,
            spec: { ...DEFAULT_SPEC, seed, batch: 64 * (1 + which) },
            data: 'd',
            startedAt: '',
            validationAccuracy: 0.9 + hardness + more + 0.005 * normal(),
          }));
        }).flat();
        const [verdict] = repeatVerdicts(runs[0], [runs[1]], runs, true) as RepeatsVerdict[];
        if (['better', 'worse'].includes(conclusionOf(verdict))) apart++;
      }
      return (100 * apart) / PAIRS;
    };
    expect(share(0)).toBeLessThanOrEqual(6.5);
    expect(share(0.04)).toBeGreaterThan(50);
  });
});
