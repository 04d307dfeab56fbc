// What each kind of work takes, fitted to steps that were timed: the figures of engine/expected-pace.ts.
// npm run bench -- step-fit FILE… (what `npm run bench -- step-times ENGINE` wrote; of a step that is there more than once the quickest counts)
import { readFileSync } from 'node:fs';
import { stepWork } from '#engine/step-work';
import { median } from '#shared/median';
import { LOOKED_AT } from '#trainer/planning/calibrate';
import { nonNegativeLeastSquares } from './least-squares';
import { quantile } from './statistics';
import { STEP_CASES } from './step-cases';
import type { TimedStep } from './step-times';

const NANO = 1e9;
const ROUNDS = 40;
/** What a look at a computer is taken by decides about all else that is expected of it. */
const WEIGHT_LOOKED_AT = 3;

const isLookedAt = ({ name, shape, micro }: TimedStep): boolean =>
  LOOKED_AT.some(([model, size, samples]) => model === name && samples === micro && String(size) === String(shape));

/** How often a piece has each kind of work. A multiply-add of a depthwise convolution takes no less than one of any other: its own column is what it takes more. */
const pieceColumns = ({ work, micro }: TimedStep): number[] => [
  1,
  work.calls,
  micro * (work.convolutions + work.depthwise),
  micro * work.products,
  micro * work.depthwise,
  micro * work.attention,
  micro * work.normalized,
  micro * work.values,
  work.weights,
];

const updateColumns = ({ work }: TimedStep): number[] => [1, work.calls, work.weights];

/** Nanoseconds of one of each column. Errors count as logarithms, so that twice as long and half as long are as bad. */
function fit(steps: readonly TimedStep[], columns: (step: TimedStep) => number[], seconds: (step: TimedStep) => number) {
  const counts = steps.map(columns);
  const took = steps.map((step) => NANO * seconds(step));
  const weights = steps.map((step) => (isLookedAt(step) ? WEIGHT_LOOKED_AT : 1));
  const by = (costs: readonly number[]): number[] => counts.map((row) => row.reduce((sum, count, j) => sum + count * costs[j], 0));
  // First as shares of what was taken, then, by Gauss and Newton, of what is expected: ln e ≈ ln e₀ + (e − e₀) / e₀.
  const solve = (scale: readonly number[], targets: readonly number[]): number[] =>
    nonNegativeLeastSquares(
      counts.map((row, i) => row.map((count) => (weights[i] * count) / scale[i])),
      targets.map((target, i) => (weights[i] * target) / scale[i]),
    );
  let costs = solve(took, took);
  for (let round = 0; round < ROUNDS; round++) {
    const expected = by(costs);
    const next = solve(
      expected,
      expected.map((value, i) => value * (1 - Math.log(value / took[i]))),
    );
    costs = costs.map((cost, j) => (cost + next[j]) / 2);
  }
  return { costs: costs.map(rounded), shares: by(costs).map((value, i) => value / took[i]) };
}

const rounded = (value: number): number => Number(value.toPrecision(3));

function apart(shares: readonly number[]): string {
  const sorted = shares.map((share) => Math.max(share, 1 / share)).sort((a, b) => a - b);
  const [half, most, worst] = [0.5, 0.9, 1].map((share) => quantile(sorted, share).toFixed(2));
  return `half within ${half} times, nine of ten ${most}, worst ${worst}`;
}

function report(steps: readonly TimedStep[]): void {
  const [{ engine, isParallel }] = steps;
  const { costs, shares } = fit(steps, pieceColumns, ({ piece }) => piece);
  const [piece, calls, convolutions, products, more, attention, normalized, values, weights] = costs;
  console.log(`\n${engine}, ${isParallel ? 'all cores' : 'alone'}: ${apart(shares)}`);
  console.log({ piece, calls, convolutions, products, depthwise: rounded(convolutions + more), attention, normalized, values, weights });
  const updated = steps.filter(({ update }) => update > 0);
  const update = fit(updated, updateColumns, (step) => step.update);
  console.log('update', Object.fromEntries(['alone', 'calls', 'weights'].map((name, i) => [name, update.costs[i]])), apart(update.shares));
  console.log('validation, of a training step', median(updated.map((step) => (step.micro * step.validation) / step.piece)).toFixed(2));
  for (const [i, { name, shape, micro, piece: took }] of steps.entries())
    console.log(`  ${shares[i].toFixed(2)}  ${(1000 * took).toFixed(2)} ms  ${name} ${shape.join(' × ')}, N_μ ${micro}`);
}

/** Counted anew, so that what was timed outlives a change of what is counted. */
const WORKS = new Map(STEP_CASES.map(({ name, shape, build }) => [`${name} ${shape}`, stepWork(build())]));

function main(files: string[]): void {
  const lines = files.flatMap((file) => readFileSync(file, 'utf8').trim().split('\n'));
  const quickest = new Map<string, TimedStep>();
  for (const step of lines.map((line) => JSON.parse(line) as TimedStep)) {
    const { engine, isParallel, name, shape, micro, piece } = step;
    const key = JSON.stringify([engine, isParallel, name, shape, micro]);
    const work = WORKS.get(`${name} ${shape}`);
    if (work && piece < (quickest.get(key)?.piece ?? Infinity)) quickest.set(key, { ...step, work });
  }
  const steps = [...quickest.values()];
  const fieldOf = ({ engine, isParallel }: TimedStep): string => `${engine} ${isParallel}`;
  for (const field of new Set(steps.map(fieldOf))) report(steps.filter((step) => fieldOf(step) === field));
}

main(process.argv.slice(2));
