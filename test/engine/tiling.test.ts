// Tiles cover a picture, overlap by half, and what they say is put together without a seam.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TileBlender, tileStarts, tileWeights } from '#engine/tiling';

const sides = fc.record({ length: fc.integer({ min: 1, max: 500 }), tile: fc.integer({ min: 2, max: 64 }) });

test('tiles begin at the start, end at the end, and overlap by half', () => {
  fc.assert(
    fc.property(sides, ({ length, tile }) => {
      const starts = tileStarts(length, tile);
      expect(starts[0]).toBe(0);
      expect(starts.at(-1)! + tile).toBe(Math.max(length, tile));
      for (let i = 1; i < starts.length; i++) {
        expect(starts[i]).toBeGreaterThan(starts[i - 1]);
        // Rounding to whole pixels may cost one.
        expect(starts[i] - starts[i - 1]).toBeLessThanOrEqual(Math.ceil(tile / 2));
      }
    }),
  );
});

/** What the rows say, each once and in order. */
function blended(width: number, height: number, tile: number, valueAt: (x: number, y: number, left: number, top: number) => number) {
  const rows: number[][] = [];
  const blender = new TileBlender({ width, height }, { width: tile, height: tile }, 2, (row, sums) => {
    expect(row).toBe(rows.length);
    rows.push(Array.from({ length: width }, (_, x) => sums[2 * x] / (sums[2 * x] + sums[2 * x + 1])));
  });
  for (const top of tileStarts(height, tile)) {
    for (const left of tileStarts(width, tile)) {
      const said = Float32Array.from({ length: tile * tile * 2 }, (_, i) => {
        const value = valueAt(left + (Math.floor(i / 2) % tile), top + Math.floor(i / 2 / tile), left, top);
        return i % 2 === 0 ? value : 1 - value;
      });
      blender.add(left, top, said);
    }
  }
  blender.end();
  return rows;
}

test('tiles that agree give what they say, at every pixel of any size', () => {
  const areas = fc.record({
    width: fc.integer({ min: 4, max: 40 }),
    height: fc.integer({ min: 4, max: 40 }),
    tile: fc.constantFrom(4, 6, 8),
  });
  fc.assert(
    fc.property(areas, ({ width, height, tile }) => {
      fc.pre(width >= tile && height >= tile);
      const wanted = (x: number, y: number) => ((3 * x + 5 * y) % 7) / 7;
      const rows = blended(width, height, tile, wanted);
      expect(rows).toHaveLength(height);
      for (const [y, row] of rows.entries()) for (const [x, value] of row.entries()) expect(value).toBeCloseTo(wanted(x, y), 5);
    }),
    { numRuns: 60 },
  );
});

test('where tiles disagree the change is gradual; without weights it would be a seam', () => {
  // Each tile says something of its own.
  const own = (_x: number, _y: number, left: number) => (left / 8) % 2;
  const [row] = blended(64, 16, 16, own);
  const steps = row.slice(1).map((value, x) => Math.abs(value - row[x]));
  // From 0 to 1 over half a tile.
  expect(Math.max(...steps)).toBeLessThanOrEqual(1 / 8 + 1e-6);
  expect(Math.max(...row) - Math.min(...row)).toBeGreaterThan(0.8);
});

test('a single tile counts the same everywhere', () => {
  expect([...tileWeights(4, true)]).toEqual([1, 1, 1, 1]);
  expect([...tileWeights(5, false)]).toEqual([1, 2, 3, 2, 1]);
});
