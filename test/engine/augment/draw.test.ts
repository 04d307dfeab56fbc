// METHOD.md's table, row 7: what is drawn for a sample depends on seed, step and place alone, and is as strong as asked.
import { expect, it } from 'vitest';
import { drawVariation } from '#engine/augment/draw';
import { randomStream } from '#engine/random';
import { AUGMENTATIONS, parseAugment, type Augment } from '#shared/augment';

const SIZE = { width: 40, height: 30, channels: 3 };
const ALL: Augment = { flip: 0.3, crop: 0.1, zoom: 0.6, rotate: 20, colour: 0.4, cutout: 0.25 };
const draw = (augment: Augment, place: number, step = 1, seed = 1) => drawVariation(augment, { seed, step, place }, SIZE);
const many = Array.from({ length: 4000 }, (_, place) => draw(ALL, place));

it('is the same in whatever order and company it is drawn, and another for another seed, step and place', () => {
  const backwards = Array.from({ length: 50 }, (_, i) => draw(ALL, 49 - i)).reverse();
  expect(backwards).toEqual(many.slice(0, 50));
  for (const other of [draw(ALL, 1), draw(ALL, 0, 2), draw(ALL, 0, 1, 2)]) expect(other).not.toEqual(many[0]);
});

it('control: one stream consumed slice by slice depends on the slices', () => {
  const flips = (slices: number[]) =>
    slices.flatMap((size, i) => ((random) => Array.from({ length: size }, () => random() < 0.5))(randomStream(1, i)));
  expect(flips([16, 16])).not.toEqual(flips([8, 8, 8, 8]));
});

it('switching a change on leaves the draws of the others as they were', () => {
  const { colour, ...rest } = ALL;
  expect(colour).toBeDefined();
  const without = draw(rest, 3);
  expect({ ...draw(ALL, 3), colour: undefined }).toEqual({ ...without, colour: undefined });
});

it('nothing asked for, or strength 0, draws nothing', () => {
  const whole = { part: { left: 0, top: 0, width: 40, height: 30 } };
  expect(draw({}, 5)).toEqual(whole);
  expect(draw({ flip: 0, crop: 0, zoom: 0, rotate: 0, colour: 0, cutout: 0 }, 5)).toEqual(whole);
});

it('flips as many as asked, turns both ways up to the limit, keeps colours inside their range', () => {
  const flipped = many.filter(({ flip }) => flip).length;
  expect(Math.abs(flipped - 1200)).toBeLessThan(5 * Math.sqrt(4000 * 0.3 * 0.7));
  const degrees = many.map(({ angle }) => (angle! * 180) / Math.PI);
  expect(Math.max(...degrees)).toBeLessThanOrEqual(20);
  expect(Math.max(...degrees)).toBeGreaterThan(19);
  expect(Math.min(...degrees)).toBeLessThan(-19);
  const factors = many.flatMap(({ colour }) => Object.values(colour!));
  expect(Math.min(...factors)).toBeGreaterThanOrEqual(0.6);
  expect(Math.max(...factors)).toBeLessThanOrEqual(1.4);
});

it('cuts out parts inside the picture, of the asked area, nearly in its proportions', () => {
  const parts = Array.from({ length: 2000 }, (_, place) => draw({ zoom: 0.6 }, place).part);
  for (const { left, top, width, height } of parts) {
    expect(Math.min(left, top)).toBeGreaterThanOrEqual(0);
    expect(left + width).toBeLessThanOrEqual(40);
    expect(top + height).toBeLessThanOrEqual(30);
    expect(width * height).toBeGreaterThan(0.36 * 1200);
    expect(Math.abs(Math.log(width / height / (40 / 30)))).toBeLessThan(Math.log(4 / 3) + 0.1);
  }
  expect(new Set(parts.map(({ width }) => width)).size).toBeGreaterThan(10);
});

it('moves by at most the asked share, every place as often as another', () => {
  const shifts = Array.from({ length: 4500 }, (_, place) => draw({ crop: 0.1 }, place).part.left);
  const counts = new Map<number, number>();
  for (const shift of shifts) counts.set(shift, (counts.get(shift) ?? 0) + 1);
  expect([...counts.keys()].sort((a, b) => a - b)).toEqual([-4, -3, -2, -1, 0, 1, 2, 3, 4]);
  for (const count of counts.values()) expect(Math.abs(count - 500)).toBeLessThan(5 * Math.sqrt(500 * (8 / 9)));
});

it('reads what a person writes', () => {
  expect(parseAugment('flip,rotate:10')).toEqual({ flip: AUGMENTATIONS.flip.usual, rotate: 10 });
  expect(parseAugment(' colour : 0.1 , zoom')).toMatch(/There is no augmentation "colour "/);
  expect(parseAugment('spin')).toMatch(/There is no augmentation "spin"\. Choose from: flip, crop/);
  for (const wrong of ['rotate:', 'rotate:ten', 'rotate:1:2']) expect(parseAugment(wrong)).toMatch(/must be a number, as in rotate:15/);
});
