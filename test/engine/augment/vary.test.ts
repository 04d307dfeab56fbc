// Each change does what it says, to the pixel where it can be said to the pixel.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { colour } from '#engine/augment/colour';
import type { PictureSize } from '#engine/augment/draw';
import { mixInto, mixingOf } from '#engine/augment/mixup';
import { vary, type Variation } from '#engine/augment/vary';

const run = (source: number[] | Uint8Array, from: PictureSize, variation: Partial<Variation>, to = from): number[] => {
  const into = new Uint8Array(to.width * to.height * to.channels).fill(99);
  vary(Uint8Array.from(source), from, { part: { left: 0, top: 0, width: from.width, height: from.height }, ...variation }, to, into);
  return [...into];
};
const grey = (width: number, height: number): PictureSize => ({ width, height, channels: 1 });
const picture = fc
  .record({ width: fc.integer({ min: 1, max: 9 }), height: fc.integer({ min: 1, max: 9 }), channels: fc.constantFrom(1, 3) })
  .chain((size) =>
    fc.record({
      size: fc.constant(size),
      values: fc.uint8Array({ minLength: size.width * size.height * size.channels, maxLength: size.width * size.height * size.channels }),
    }),
  );

describe('place', () => {
  it('nothing drawn changes nothing, and mirroring twice is nothing', () => {
    fc.assert(
      fc.property(picture, ({ size, values }) => {
        expect(run(values, size, {})).toEqual([...values]);
        expect(run(run(values, size, { flip: true }), size, { flip: true })).toEqual([...values]);
      }),
    );
  });

  it('mirrors left to right', () => {
    expect(run([1, 2, 3, 4, 5, 6], grey(3, 2), { flip: true })).toEqual([3, 2, 1, 6, 5, 4]);
  });

  it('moves by whole pixels, black coming in, mirrored or not', () => {
    const part = { left: 1, top: -1, width: 3, height: 2 };
    expect(run([1, 2, 3, 4, 5, 6], grey(3, 2), { part })).toEqual([0, 0, 0, 2, 3, 0]);
    expect(run([1, 2, 3, 4, 5, 6], grey(3, 2), { part, flip: true })).toEqual([0, 0, 0, 0, 3, 2]);
  });

  it('a part far outside is black', () => {
    expect(run([1, 2, 3, 4], grey(2, 2), { part: { left: 5, top: 0, width: 2, height: 2 } })).toEqual([0, 0, 0, 0]);
    expect(run([1, 2, 3, 4], grey(2, 2), { part: { left: 5, top: 0, width: 3, height: 3 } })).toEqual([0, 0, 0, 0]);
  });

  it('halving takes the triangle’s means (1/8, 3/8, 3/8, 1/8 inside), enlarging a ramp keeps it a ramp', () => {
    const row = [10, 30, 70, 110, 150, 170, 190, 250];
    const halved = run(row, grey(8, 1), {}, grey(4, 1));
    expect(halved[1]).toBe(Math.round((30 + 3 * 70 + 3 * 110 + 150) / 8));
    expect(halved[2]).toBe(Math.round((110 + 3 * 150 + 3 * 170 + 190) / 8));
    // Half-pixel centres: output x lies at (x + 0.5) / 2 − 0.5.
    expect(run([0, 40, 80, 120], grey(4, 1), {}, grey(8, 1)).slice(1, 7)).toEqual([10, 30, 50, 70, 90, 110]);
  });

  it('turning by 90° against the clock moves every pixel to its place, by 0° it is resampling, and a flat middle stays flat', () => {
    const square = [1, 2, 3, 4, 5, 6, 7, 8, 9];
    expect(run(square, grey(3, 3), { angle: Math.PI / 2 })).toEqual([3, 6, 9, 2, 5, 8, 1, 4, 7]);
    expect(run(square, grey(3, 3), { angle: 1e-12 })).toEqual(square);
    const flat = run(new Uint8Array(81).fill(200), grey(9, 9), { angle: 0.4 });
    expect(flat[40]).toBe(200);
    expect(flat[0]).toBeLessThan(200);
  });

  it('a hole is grey, where it was drawn, cut at the border', () => {
    const hole = run(new Uint8Array(16).fill(1), grey(4, 4), { hole: { x: 0.5, y: 0.5, side: 0.5 } });
    expect(hole).toEqual([1, 1, 1, 1, 1, 128, 128, 1, 1, 128, 128, 1, 1, 1, 1, 1]);
    expect(run(new Uint8Array(4).fill(1), grey(2, 2), { hole: { x: 0, y: 0, side: 1 } })).toEqual([128, 1, 1, 1]);
  });
});

describe('colour', () => {
  const changed = (values: number[], factors: Partial<Parameters<typeof colour>[2]>, channels = 3): number[] => {
    const pixels = Uint8Array.from(values);
    colour(pixels, channels, { brightness: 1, contrast: 1, saturation: 1, ...factors });
    return [...pixels];
  };
  const two = [200, 100, 50, 10, 20, 30];

  it('factors of 1 change nothing', () => expect(changed(two, {})).toEqual(two));
  it('brightness multiplies, and stops at white', () => expect(changed(two, { brightness: 1.5 })).toEqual([255, 150, 75, 15, 30, 45]));
  it('no contrast leaves the mean grey, no saturation each pixel’s grey', () => {
    const greys = [0.299 * 200 + 0.587 * 100 + 0.114 * 50, 0.299 * 10 + 0.587 * 20 + 0.114 * 30];
    expect(changed(two, { contrast: 0 })).toEqual(new Array(6).fill(Math.round((greys[0] + greys[1]) / 2)));
    expect(changed(two, { saturation: 0 })).toEqual(greys.flatMap((g) => new Array<number>(3).fill(Math.round(g))));
    expect(changed([10, 30], { contrast: 2 }, 1)).toEqual([0, 40]);
  });
});

describe('mixup', () => {
  it('partners are the whole mini-batch once, shares a half to 1 with the mean of the larger of Beta(a, a)', () => {
    const { partners, shares } = mixingOf(0.2, 1, 7, 5000);
    expect([...partners].sort((a, b) => a - b)).toEqual(Array.from({ length: 5000 }, (_, i) => i));
    expect(Math.min(...shares)).toBeGreaterThanOrEqual(0.5);
    expect(Math.max(...shares)).toBeLessThanOrEqual(1);
    // 2 ∫ x · pdf(x) dx from ½ to 1, integrated numerically.
    const means = [
      [0.2, 0.89881],
      [1, 0.75],
      [11, 0.58409],
    ];
    const mean = (a: number) => mixingOf(a, 1, 7, 20_000).shares.reduce((x, y) => x + y, 0) / 20_000;
    for (const [a, expected] of means) expect(Math.abs(mean(a) - expected)).toBeLessThan(0.006);
  });

  it('mixes bytes by share, rounded', () => {
    const pixels = Uint8Array.from([0, 100, 255]);
    mixInto(pixels, Uint8Array.from([255, 50, 255]), 0.75);
    expect([...pixels]).toEqual([64, 88, 255]);
  });
});
