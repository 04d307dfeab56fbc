// A mask moves with its picture: where the varied picture shows one class unmixed, the moved mask says that class.
import { expect, test } from 'vitest';
import { drawVariation } from '#engine/augment/draw';
import { moveMask } from '#engine/augment/move-mask';
import { vary } from '#engine/augment/vary';
import { IGNORED } from '#shared/mask-index';

const FROM = { width: 31, height: 23, channels: 3 };
const TO = { width: 24, height: 20, channels: 3 };
/** One channel a class: no mixture looks like one of them, or like what lies outside, which is black. */
const COLOURS = [
  [255, 0, 0],
  [0, 255, 0],
  [0, 0, 255],
  [0, 0, 0],
];
const mask = Uint8Array.from({ length: 31 * 23 }, (_, i) => (Math.floor((i % 31) / 9) + 2 * Math.floor(i / 31 / 8)) % 3);
const picture = Uint8Array.from([...mask].flatMap((label) => COLOURS[label]));

/** Of the pixels that show one class unmixed, how many the mask calls otherwise; and how many there are. */
function disagreement(seed: number, augment: Parameters<typeof drawVariation>[0], spoil = false): { wrong: number; of: number } {
  const variation = drawVariation(augment, { seed, step: 3, place: 5 }, FROM);
  const [pixels, moved] = [new Uint8Array(3 * TO.width * TO.height), new Uint8Array(TO.width * TO.height)];
  vary(picture, FROM, variation, TO, pixels);
  moveMask(mask, FROM, spoil ? { ...variation, flip: !variation.flip } : variation, TO, moved);
  let [wrong, of] = [0, 0];
  moved.forEach((found, i) => {
    const label = COLOURS.findIndex((colour) => colour.every((value, c) => pixels[3 * i + c] === value));
    if (label < 0) return;
    of++;
    if (found !== (label === 3 ? IGNORED : label)) wrong++;
  });
  return { wrong, of };
}

test.each([
  ['brought to another size', {}],
  ['mirrored', { flip: 1 }],
  ['moved', { crop: 0.4 }],
  ['cut out and enlarged', { zoom: 0.8 }],
  ['turned', { rotate: 180 }],
  ['all at once', { flip: 0.5, crop: 0.3, zoom: 0.5, rotate: 90 }],
] as const)('%s, picture and mask agree', (_, augment) => {
  for (let seed = 0; seed < 20; seed++) {
    const { wrong, of } = disagreement(seed, augment);
    expect(of).toBeGreaterThan(40);
    expect(wrong, `seed ${seed}`).toBe(0);
    expect(disagreement(seed, augment, true).wrong, 'control: mirrored once more').toBeGreaterThan(20);
  }
});

test('colours and holes leave it as it is', () => {
  const variation = drawVariation({ colour: 0.5, cutout: 0.5 }, { seed: 1, step: 1, place: 1 }, FROM);
  const moved = new Uint8Array(mask.length);
  moveMask(mask, FROM, variation, FROM, moved);
  expect(moved).toEqual(mask);
});
