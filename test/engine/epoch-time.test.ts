// The laws of an epoch's time, whatever the computer: more of anything takes no less, and reading beside computing costs no more than its share.
import { expect, test } from 'vitest';
import { epochSeconds, rehearsedPace, type Cores, type EpochShape, type Parts, type RehearsedEpoch } from '#engine/epoch-time';
import { expectedPace, lookedAtSpeed, speedOf } from '#engine/expected-pace';
import { depthwiseConv2d } from '#engine/layers/depthwise-conv-2d';
import { CATALOGUE } from '#engine/models/catalogue';
import { NetworkBuilder } from '#engine/network';
import { withSavers } from '#engine/savers/saver-plan';
import { stepWork } from '#engine/step-work';
import { withTrainedPart } from '#engine/trained-part';
import type { EngineName } from '#shared/engine';
import type { Pace } from '#shared/pace';

const parts = { update: 0.5, validation: 0.01, reading: 0.02 };
const shape: EpochShape = { train: 100, validation: 20, batch: 32, micro: 8, epochs: 10 };
const alone: Cores = { all: 2, computing: 1, reading: 0 };
/** A tenth of a second a sample, and as much a call. */
const piece = (size: number): number => 0.1 + 0.1 * size;
const seconds = (changed: Partial<EpochShape> = {}, pace: Parts = parts, cores = alone, of = piece) =>
  epochSeconds(pace, { ...shape, ...changed }, cores, of);

test('every piece, update, validation and reading is counted once, of short mini-batches, too', () => {
  // Three of 32 as four pieces of 8, and one piece of 4.
  expect(seconds()).toBeCloseTo(13 * 0.1 + 100 * 0.1 + 4 * 0.5 + 20 * 0.01 + 120 * 0.02, 9);
  expect(seconds({ batch: 1_000 })).toBeCloseTo(seconds({ batch: 100 }), 9);
});

test('more of anything takes no less', () => {
  const more: [Partial<EpochShape>, Partial<EpochShape>][] = [
    [{}, { train: 101 }],
    [{}, { validation: 21 }],
    [{ batch: 64 }, { batch: 32 }],
    [{ micro: 32 }, { micro: 8 }],
    [{ micro: 8 }, { micro: 1 }],
  ];
  for (const [less, larger] of more) expect(seconds(larger)).toBeGreaterThan(seconds(less));
});

test('its end counts once an epoch, what the first ones take more once a run', () => {
  expect(seconds({}, { ...parts, epoch: 3 })).toBeCloseTo(seconds() + 3, 9);
  expect(seconds({ epochs: 5 }, { ...parts, beginning: [15, 5] })).toBeCloseTo(seconds() + 20 / 5, 9);
  expect(seconds({ epochs: 1 }, { ...parts, beginning: [15, 5] })).toBeCloseTo(seconds() + 15, 9);
  expect(seconds({ epochs: 5 })).toBe(seconds({ epochs: 50 }));
});

const measured = (): Pace => ({ ...paceOf('wasm', 1), ...parts, epoch: 0, beginning: [] });
const by = (pace: Pace, changed: Partial<EpochShape>): number =>
  seconds(changed, pace, alone, (size) => (piece(size) * pace.piece) / measured().piece);
/** Of which so much comes between one update and the next. */
const epochs = (all: number[], between = 0): RehearsedEpoch[] =>
  all.map((each) => ({ seconds: each, updates: by(measured(), { train: 100 - 32, validation: 0 }) + 3 * between }));
const paced = (rehearsed: RehearsedEpoch[], changed: Partial<EpochShape> = {}): Pace =>
  rehearsedPace(measured(), rehearsed, { ...shape, ...changed }, (of) => by(measured(), of));

test('what epochs took that were rehearsed is what is said of them, be their parts more or less than that, and less of the first ones of a longer run', () => {
  const counted = by(measured(), {});
  for (const each of [0.8 * counted, 1.3 * counted])
    for (const between of [0, 0.1, 100]) {
      const pace = paced(epochs([each + 9, each + 1, each, each, each], between));
      for (const [run, more] of [
        [1, 9],
        [5, 10],
        [100, 10],
      ])
        expect(by(pace, { epochs: run })).toBeCloseTo(each + more / run, 9);
    }
  // The control: with nothing rehearsed the parts are what is known.
  expect(paced([])).toEqual(measured());
});

test('what comes between updates is taken as often as there are some, what ends an epoch once, however the batch was that was rehearsed', () => {
  const counted = by(measured(), {});
  // Four updates, 0.5 beside each and 3 at the end.
  const pace = paced(epochs(Array<number>(6).fill(counted + 4 * 0.5 + 3), 0.5));
  for (const [batch, updates] of [
    [32, 4],
    [4, 25],
    [100, 1],
  ])
    expect(by(pace, { batch }) - by(measured(), { batch })).toBeCloseTo(updates * 0.5 + 3, 9);
  // The control: with one update an epoch nobody can tell, and all of it ends the epoch.
  const whole = paced(epochs(Array<number>(6).fill(by(measured(), { batch: 100 }) + 3)), { batch: 100 });
  expect(by(whole, { batch: 4 }) - by(measured(), { batch: 4 })).toBeCloseTo(3, 9);
});

test('threads that read ahead take nothing from a core that idles, their share from one that computes, and can be what is waited for', () => {
  const none = seconds({}, { ...parts, reading: 0 });
  expect(seconds({}, parts, { all: 2, computing: 1, reading: 1 })).toBeCloseTo(none, 9);
  expect(seconds({}, parts, { all: 2, computing: 2, reading: 1 })).toBeCloseTo(none + (120 * 0.02) / 2, 9);
  expect(seconds({}, { ...parts, reading: 10 }, { all: 2, computing: 1, reading: 1 })).toBeCloseTo(120 * 10, 9);
  // The control: who reads by itself does one after the other.
  expect(seconds()).toBeCloseTo(none + 120 * 0.02, 9);
});

const paceOf = (engine: EngineName, times: number, isParallel = false): Pace => {
  const work = stepWork(CATALOGUE.lenet.build([28, 28, 1], 10));
  const expected = expectedPace({ engine, isParallel, speed: { times, timesApart: 1 } }, { work, micro: 16, inputValues: 784 });
  return { ...expected, piece: expected.piece(16), micro: 16, work, isParallel };
};

test.each(['tensorflow-cpu', 'wasm'] as const)(
  'of %s, what is measured tells how fast a computer is, and of several a single disturbed reading not alone',
  (engine) => {
    for (const isParallel of [false, true]) expect(speedOf(engine, [paceOf(engine, 3, isParallel)])!.times).toBeCloseTo(3, 9);
    expect(
      speedOf(
        engine,
        [1, 2, 4].map((times) => paceOf(engine, times)),
      )!.times,
    ).toBeCloseTo(2, 9);
    expect(speedOf(engine, [paceOf(engine, 1)])!.timesApart).toBeGreaterThan(1);
    expect([speedOf(engine, []), speedOf('js', [])]).toEqual([undefined, undefined]);
    // What an earlier version measured tells nothing: it counted otherwise.
    const earlier = paceOf(engine, 1);
    delete (earlier.work as Partial<Pace['work']>).normalized;
    expect(speedOf(engine, [earlier])).toBeUndefined();
    // Fast mode is faster for what the same computer computes.
    const narrow: Pace = { ...paceOf(engine, 1), precision: 'bfloat16' };
    expect(speedOf(engine, [narrow])).toBeUndefined();
    expect(speedOf(engine, [narrow, paceOf(engine, 3)])!.times).toBeCloseTo(3, 9);
  },
);

test('a step that was looked at tells its own time, with update, validation and reading; less surely where others were at work', () => {
  const engine = 'tensorflow-cpu';
  const pace = { ...paceOf(engine, 3), update: 7, validation: 8, reading: 9 };
  const wide = speedOf(engine, [pace])!.timesApart;
  const speed = lookedAtSpeed(engine, pace)!;
  expect(speed).toMatchObject({ times: expect.closeTo(3, 9), isOfStep: true });
  expect(speed.timesApart).toBeLessThan(wide);
  const of = { work: pace.work, micro: 16, inputValues: 784 };
  expect(expectedPace({ engine, isParallel: false, speed }, of)).toMatchObject({ update: 7, validation: 8, reading: 9 });
  // Undisturbed it would have been quicker, and it is no surer than any other.
  const disturbed = lookedAtSpeed(engine, pace, 0.4)!;
  expect([disturbed.times, disturbed.timesApart, disturbed.isOfStep]).toEqual([expect.closeTo(1.8, 9), wide, undefined]);
  expect(lookedAtSpeed('js', pace)).toBeUndefined();
});

test('where the very step was measured it alone tells, and the span is narrower', () => {
  const [pace, wide] = [paceOf('wasm', 3), speedOf('wasm', [paceOf('wasm', 1)])!.timesApart];
  const { work } = pace;
  const others = [1, 5].map((times) => ({ ...paceOf('wasm', times), work: { ...work, values: work.values + 1 } }));
  const speed = speedOf('wasm', [others[0], pace, others[1]], pace)!;
  expect(speed.timesApart).toBeLessThan(wide);
  expect(speed.times).toBeCloseTo(3, 9);
  // Controls: of another step, or computed by all cores, it is one among others.
  expect(speedOf('wasm', others, pace)!.timesApart).toBe(wide);
  expect(speedOf('wasm', [pace], { ...pace, isParallel: true })!.timesApart).toBe(wide);
});

test('larger networks, pictures and pieces are expected to take longer; what is not trained, less', () => {
  const of = (network: ReturnType<typeof CATALOGUE.lenet.build>, micro = 8) => {
    const pace = expectedPace(
      { engine: 'tensorflow-cpu', isParallel: true, speed: { times: 1, timesApart: 2 } },
      { work: stepWork(network), micro, inputValues: 1 },
    );
    return pace.piece(micro);
  };
  const [small, large, deep] = [
    CATALOGUE['resnet-18'].build([32, 32, 3], 10),
    CATALOGUE['resnet-18'].build([64, 64, 3], 10),
    CATALOGUE['resnet-34'].build([64, 64, 3], 10),
  ];
  expect(of(large)).toBeGreaterThan(of(small));
  expect(of(deep)).toBeGreaterThan(of(large));
  expect(of(large, 16)).toBeGreaterThan(of(large));
  // A larger piece is not slower by the sample.
  expect(of(large, 16)).toBeLessThan(2 * of(large));
  expect(of(withTrainedPart(large, 'head'))).toBeLessThan(of(large) / 2);
  // What is computed again, at most a forward pass of three.
  for (const saver of ['recompute', 'light-layers'] as const) {
    const longer = of(withSavers(large, [saver])) / of(large);
    expect(longer, saver).toBeGreaterThan(1.01);
    expect(longer, saver).toBeLessThan(4 / 3);
  }
});

test.each([
  ['tensorflow-cpu', true],
  ['tensorflow-cpu', false],
  ['wasm', false],
] as const)('on %s (with all cores: %s) a large depthwise filter is expected to take longer than a small one', (engine, isParallel) => {
  const of = (kernelSize: number): number => {
    const net = new NetworkBuilder([32, 32, 32]);
    net.add(depthwiseConv2d({ kernelSize }), net.input);
    const work = stepWork(net.build());
    return expectedPace({ engine, isParallel, speed: { times: 1, timesApart: 2 } }, { work, micro: 8, inputValues: 1 }).piece(8);
  };
  expect(of(7)).toBeGreaterThan(1.5 * of(3));
  expect(of(5)).toBeGreaterThan(1.1 * of(3));
});
