// The learning rate of every update: each schedule against its definition (PyTorch's; test/deep holds it against PyTorch itself).
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { learningRates, type ScheduleSettings } from '#engine/schedules';
import { SCHEDULE_NAMES } from '#shared/update-settings';

const BASE = 0.4;

/** The rates of all updates of a run. */
function rates(settings: ScheduleSettings, stepsPerEpoch: number, epochs: number): number[] {
  const rateOf = learningRates(BASE, settings, { stepsPerEpoch, epochs });
  return Array.from({ length: stepsPerEpoch * epochs }, (_, i) => rateOf(i + 1));
}

const near = (found: number[], expected: number[]): void => expected.forEach((value, i) => expect(found[i]).toBeCloseTo(value, 12));

describe('the learning rate', () => {
  it('stays where nothing else is said', () => {
    expect(rates({}, 3, 2)).toEqual([BASE, BASE, BASE, BASE, BASE, BASE]);
  });

  it('falls in steps, by default by ten at each third of the run', () => {
    near(
      rates({ schedule: 'step' }, 2, 3),
      [1, 1, 0.1, 0.1, 0.01, 0.01].map((f) => f * BASE),
    );
    near(
      rates({ schedule: 'step', stepEpochs: 1.5, stepFactor: 0.5 }, 2, 3),
      [1, 1, 1, 0.5, 0.5, 0.5].map((f) => f * BASE),
    );
  });

  it('follows half a cosine', () => {
    near(rates({ schedule: 'cosine' }, 2, 2), [BASE, BASE * (0.5 + Math.SQRT1_2 / 2), BASE / 2, BASE * (0.5 - Math.SQRT1_2 / 2)]);
  });

  it('makes one cycle: from a 25th up to its peak at three tenths, down to a 250,000th', () => {
    const found = rates({ schedule: 'one-cycle' }, 10, 2);
    expect(found[0]).toBeCloseTo(BASE / 25, 12);
    expect(found[5]).toBe(BASE);
    expect(found[19]).toBeCloseTo(BASE / 25 / 1e4, 12);
  });

  it('rises in a straight line to where its schedule begins', () => {
    near(
      rates({ warmupEpochs: 1.5 }, 2, 3),
      [0.25, 0.5, 0.75, 1, 1, 1].map((f) => f * BASE),
    );
    const cosine = rates({ schedule: 'cosine' }, 2, 2);
    const behind = rates({ schedule: 'cosine', warmupEpochs: 1 }, 2, 3);
    near(behind, [BASE / 3, (BASE * 2) / 3, ...cosine]);
  });

  it('is above zero, never above its full value, and the same whoever asks in whichever order', () => {
    const settings = fc.record({
      schedule: fc.constantFrom(...SCHEDULE_NAMES),
      warmupEpochs: fc.double({ min: 0, max: 30, noNaN: true }),
    });
    fc.assert(
      fc.property(settings, fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 20 }), (given, stepsPerEpoch, epochs) => {
        const all = rates(given, stepsPerEpoch, epochs);
        expect(all.every((rate) => rate > 0 && rate <= BASE * (1 + 1e-12))).toBe(true);
        const rateOf = learningRates(BASE, given, { stepsPerEpoch, epochs });
        expect(all.map((_, i) => rateOf(all.length - i)).reverse()).toEqual(all);
      }),
      { seed: 1 },
    );
  });
});
