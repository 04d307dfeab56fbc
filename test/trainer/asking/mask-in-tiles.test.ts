// Masks of pictures larger than those learnt from: a picture of the input's size gets the plain answer, seams do not show, memory stays bounded.
import { memory } from '@tensorflow/tfjs-core';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import type { PictureMetadata } from '#engine/layers-model';
import { tileStarts } from '#engine/tiling';
import type { PictureAnswer } from '#shared/asking';
import { NEVER, openForTest } from '#test/support/ask-once';
import { packedMasks, runMasks } from '#test/support/mask-runs';
import { pngBytes, writeAt } from '#test/support/pictures';
import { temporaryFolder } from '#test/support/temporary-folder';
import { answerMany } from '#trainer/asking/answer-many';
import { answerPicture } from '#trainer/asking/answer-picture';
import { openGiven } from '#trainer/asking/given-picture';
import { maskInTiles, MOST_MASK_PIXELS, MOST_SUM_BYTES, seenInTiles } from '#trainer/asking/mask-in-tiles';
import type { OpenModel } from '#trainer/asking/open-model';

vi.setConfig({ testTimeout: 300_000 });

const SIDE = 32;
const outFolder = mkdtempSync(join(tmpdir(), 'overbatch-tiles-'));
let training: Promise<unknown> | undefined;
afterAll(() => rmSync(outFolder, { recursive: true, force: true }));

/** Trained by the first test that asks it. */
async function trained(): Promise<OpenModel> {
  training ??= (async () => {
    const data = await packedMasks({ count: 24, classes: 3, width: SIDE, height: SIDE }, { width: SIDE, height: SIDE });
    const augment = { flip: 0.5, rotate: 180, crop: 0.4 };
    const settings = { batch: 8, epochs: 30, learningRate: 0.003, schedule: 'constant', finalModel: 'last' } as const;
    await runMasks(data, { model: 'u-net-light', ...settings, augment }, { outFolder });
  })();
  await training;
  return openForTest(outFolder);
}

/** Three grey levels in patches that no tile border knows of, and a little noise. */
function scene(width: number, height: number, dx = 0, dy = 0): { file: string; truth: Uint8Array } {
  const truth = new Uint8Array(width * height);
  const values = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [u, v] = [x + dx, y + dy];
      const level = Math.floor(1.5 + 1.49 * Math.sin(u / 11) * Math.cos(v / 9 + u / 40));
      truth[y * width + x] = level;
      values[y * width + x] = 90 * level + ((u * 7 + v * 13 + ((u * v) % 5)) % 16);
    }
  }
  return { file: writeAt(temporaryFolder(), 'scene.png', pngBytes({ width, height, channels: 1, values })), truth };
}

const same = (a: ArrayLike<number>, b: ArrayLike<number>): number => Array.from(a).filter((value, i) => value === b[i]).length / a.length;
const tiled = async (model: OpenModel, file: string, width: number, height: number) =>
  maskInTiles(model, await openGiven({ file }), { width, height }, NEVER);

test('a picture of exactly the input’s size gets the plain answer, pixel for pixel', async () => {
  const model = await trained();
  const { file } = scene(SIDE, SIDE);
  const plain = await answerPicture(model, { file }, { signal: NEVER });
  expect(plain.mask!.tiles).toBeUndefined();
  const { mask, pixels, tiles } = await tiled(model, file, SIDE, SIDE);
  expect(tiles).toBe(1);
  expect(mask).toEqual(plain.mask!.pixels);
  expect(pixels).toEqual(plain.seen.pixels);
});

test('a larger one is answered at its own size, well, and nothing is kept', async () => {
  const model = await trained();
  const { file, truth } = scene(150, 110);
  await answerPicture(model, { file }, { signal: NEVER });
  const before = memory().numTensors;
  const answer = await answerPicture(model, { file }, { signal: NEVER });
  expect(memory().numTensors).toBe(before);
  expect(answer.seen).toMatchObject({ width: 150, height: 110 });
  expect(answer.mask!.tiles).toBe(tileStarts(150, SIDE).length * tileStarts(110, SIDE).length);
  expect(same(answer.mask!.pixels, truth)).toBeGreaterThan(0.85);
  // The control: all of it at once is what this model cannot see well.
  const whole = await answerPicture(model, { file }, { signal: NEVER, whole: true });
  expect(whole.seen).toMatchObject({ width: SIDE, height: SIDE });
  expect(whole.mask!.tiles).toBeUndefined();
  const spread = truth.map((_, i) => {
    const [x, y] = [i % 150, Math.floor(i / 150)];
    return whole.mask!.pixels[Math.floor((y * SIDE) / 110) * SIDE + Math.floor((x * SIDE) / 150)];
  });
  expect(same(spread, truth)).toBeLessThan(same(answer.mask!.pixels, truth) - 0.1);
});

test('among many, those seen in parts say so, and have the shares that each has alone', async () => {
  const model = await trained();
  const files = [scene(SIDE, SIDE).file, scene(150, 110).file];
  const answers: PictureAnswer[] = [];
  for await (const some of answerMany(model, files, NEVER)) answers.push(...some);
  expect(answers.map((answer) => 'shares' in answer && answer.tiles)).toEqual([
    undefined,
    tileStarts(150, SIDE).length * tileStarts(110, SIDE).length,
  ]);
  for (const [i, answer] of answers.entries()) {
    const { classes } = await answerPicture(model, { file: files[i] }, { signal: NEVER });
    if (!('shares' in answer)) throw new Error(answer.problem);
    expect([...answer.shares].sort((a, b) => b - a)).toEqual(classes.map(({ probability }) => probability));
  }
});

test('one that is lower than a tile keeps its proportions, and its memory is known beforehand', async () => {
  const model = await trained();
  const { file, truth } = scene(150, 20);
  const answer = await answerPicture(model, { file }, { signal: NEVER });
  expect(answer.seen).toMatchObject({ width: 150, height: 20 });
  expect(answer.mask!.scale).toBe(1);
  expect(same(answer.mask!.pixels, truth)).toBeGreaterThan(0.8);
  const held: number[] = [];
  const counting = { ...model, hold: (bytes: number) => (held.push(bytes), () => held.push(-bytes)) };
  await answerPicture(counting, { file }, { signal: NEVER });
  // Its pixels, its mask, and the sums of three classes.
  const bytes = 150 * 20 * (1 + 1 + 3 * 4);
  expect(held).toEqual([bytes, -bytes]);
});

test('seams do not show: moved by a few pixels under the tiles, the picture has the same mask', async () => {
  const model = await trained();
  const [width, height, dx, dy] = [140, 100, 5, 11];
  const [still, moved] = [scene(width, height), scene(width, height, dx, dy)];
  /** Of the pixels that both show, those with the same class. */
  const agreement = (a: Uint8Array, b: Uint8Array): number => {
    let [agreed, all] = [0, 0];
    // Away from the picture's own edges, where there is less to see.
    for (let y = 8; y < height - dy - 8; y++) {
      for (let x = 8; x < width - dx - 8; x++, all++) if (a[(y + dy) * width + x + dx] === b[y * width + x]) agreed++;
    }
    return agreed / all;
  };
  const blended = agreement((await tiled(model, still.file, width, height)).mask, (await tiled(model, moved.file, width, height)).mask);
  // The control: tiles side by side, each with the last word.
  const edged = agreement(await sideBySide(model, still.file, width, height), await sideBySide(model, moved.file, width, height));
  console.log(`moved under the tiles: blended ${blended.toFixed(4)}, side by side ${edged.toFixed(4)} the same`);
  expect(blended).toBeGreaterThan(0.97);
  expect(blended).toBeGreaterThan(edged);
});

async function sideBySide(model: OpenModel, file: string, width: number, height: number): Promise<Uint8Array> {
  const pixels = await (await openGiven({ file })).decode({ width, height, channels: 1 });
  const mask = new Uint8Array(width * height);
  for (let top = 0; top < height; top += SIDE) {
    for (let left = 0; left < width; left += SIDE) {
      const input = new Uint8Array(SIDE * SIDE);
      for (let y = 0; y < SIDE; y++)
        for (let x = 0; x < SIDE; x++) input[y * SIDE + x] = pixels[Math.min(height - 1, top + y) * width + Math.min(width - 1, left + x)];
      const said = await model.predict(input, 1);
      for (let y = 0; y < SIDE && top + y < height; y++)
        for (let x = 0; x < SIDE && left + x < width; x++) {
          const at = 3 * (y * SIDE + x);
          const [a, b, c] = [said[at], said[at + 1], said[at + 2]];
          mask[(top + y) * width + left + x] = c > a && c > b ? 2 : b > a ? 1 : 0;
        }
    }
  }
  return mask;
}

test('how large it is seen: whole up to the size of what was learnt from, at its scale beyond, and bounded', () => {
  const metadata = (files?: NonNullable<PictureMetadata['preprocessing']['files']>) =>
    ({
      output: 'pixel probabilities',
      labels: ['sky', 'sea'],
      inputShape: [64, 64, 3],
      preprocessing: { files },
    }) as unknown as PictureMetadata;
  const square = (side: number) => ({ width: side, height: side });
  const learnt = metadata({ usual: square(256), largest: { width: 300, height: 256 } });
  expect(seenInTiles({ width: 300, height: 256 }, learnt)).toBeUndefined();
  // A quarter of its size, as those that were learnt from.
  expect(seenInTiles({ width: 1024, height: 512 }, learnt)).toEqual({ width: 256, height: 128, scale: 1 });
  // Long and low: lower than a tile, and not stretched for it.
  expect(seenInTiles({ width: 1024, height: 100 }, learnt)).toEqual({ width: 256, height: 25, scale: 1 });
  const large = seenInTiles({ width: 80_000, height: 60_000 }, learnt)!;
  expect(large.width * large.height).toBeLessThanOrEqual(MOST_MASK_PIXELS);
  expect(large.width / large.height).toBeCloseTo(4 / 3, 2);
  expect(large.scale).toBeCloseTo(large.width / 20_000, 3);
  expect(seenInTiles(square(4096), metadata())).toBeUndefined();
  expect(seenInTiles(square(4096), { ...learnt, output: 'probabilities' })).toBeUndefined();
});

test.each([
  ['a strip of tiny pictures', 32, 65_535, 33],
  ['a panorama', 512, 65_535, 600],
  ['a tall one', 512, 600, 65_535],
  ['one not that large', 512, 16_000, 1_000],
])('%s: neither its mask nor the sums of its tiles pass their bounds', (_, usual, width, height) => {
  const labels = Array.from({ length: 21 }, (_label, i) => String(i));
  const square = { width: usual, height: usual };
  const metadata = {
    output: 'pixel probabilities',
    labels,
    inputShape: [512, 512, 3],
    preprocessing: { files: { usual: square, largest: square } },
  };
  const seen = seenInTiles({ width, height }, metadata as unknown as PictureMetadata)!;
  expect(seen.width * seen.height).toBeLessThanOrEqual(MOST_MASK_PIXELS);
  expect(4 * 21 * Math.min(512, seen.height) * seen.width).toBeLessThanOrEqual(MOST_SUM_BYTES);
  // No smaller than it has to be: within a pixel of a bound, or at the scale of training.
  const next = { width: seen.width + 2, height: seen.height + 2 };
  const isBounded = next.width * next.height > MOST_MASK_PIXELS || 84 * Math.min(512, next.height) * next.width > MOST_SUM_BYTES;
  expect(isBounded || seen.scale === 1).toBe(true);
});
