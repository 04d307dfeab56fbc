// Covering parts of a picture finds the part that counts.
import { expect, test } from 'vitest';
import { cover, coversOf, gridOf, mapOfDrops, meanColour } from '#engine/occlusion';

const SIZE = { width: 24, height: 16, channels: 1 };

test('every place is covered as often, and covers stay in the picture', () => {
  const covers = coversOf(SIZE);
  const counts = new Uint8Array(SIZE.width * SIZE.height);
  for (const part of covers) {
    expect(part.left).toBeGreaterThanOrEqual(0);
    expect(part.right).toBeLessThanOrEqual(SIZE.width);
    for (let y = part.top; y < part.bottom; y++) for (let x = part.left; x < part.right; x++) counts[y * SIZE.width + x]++;
  }
  expect(new Set(counts)).toEqual(new Set([4]));
  expect(gridOf({ width: 3, height: 9, channels: 3 })).toEqual({ columns: 3, rows: 8 });
});

test('the place that a score hangs on is the strongest', () => {
  const picture = Uint8Array.from({ length: 24 * 16 }, (_, i) => (i % 24 >= 18 && i / 24 < 4 ? 250 : 10));
  // The score is the brightness of the top right.
  const score = (pixels: Uint8Array) => pixels.filter((_, i) => i % 24 >= 18 && i / 24 < 4).reduce((a, b) => a + b, 0) / (250 * 24);
  const covers = coversOf(SIZE);
  const colour = meanColour(picture, 1);
  const drops = covers.map((part) => {
    const copy = picture.slice();
    cover(copy, SIZE, part, colour);
    return score(picture) - score(copy);
  });
  const map = mapOfDrops(SIZE, covers, drops);
  const { columns } = gridOf(SIZE);
  const best = map.indexOf(Math.max(...map));
  expect(best % columns).toBeGreaterThanOrEqual(6);
  expect(Math.floor(best / columns)).toBeLessThan(2);
  // Nothing far from it.
  expect(map[columns * 7]).toBe(0);
});

test('the cover has the picture’s own colour, and what covering adds is nothing', () => {
  expect(meanColour(Uint8Array.of(0, 10, 100, 30), 2)).toEqual([50, 20]);
  expect([...mapOfDrops({ width: 1, height: 1, channels: 1 }, [{ left: 0, top: 0, right: 1, bottom: 1 }], [-0.5])]).toEqual([0]);
});
