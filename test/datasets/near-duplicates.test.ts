// Pictures that look the same are found whatever was done to them, others are not, and the search stays near-linear.
import { Transformer } from '@napi-rs/image';
import { expect, test } from 'vitest';
import { checkFolder } from '#datasets/check-folder';
import { decodePicture } from '#datasets/decode-picture';
import { differenceHash, FINGERPRINT_BYTES, FINGERPRINT_LAYOUT, hashDistance, looksSame } from '#datasets/fingerprint';
import { NearDuplicates } from '#datasets/near-duplicates';
import { writeAt } from '#test/support/pictures';
import { temporaryFolder } from '#test/support/temporary-folder';

/** A scene of smooth blobs, the same for the same seed: what photographs are to a small copy. */
function scene(seed: number, width = 96, height = 80): Uint8Array {
  let state = Math.imul(seed + 1, 0x9e3779b1) >>> 0;
  const random = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  const blobs = Array.from({ length: 14 }, () => [
    random(),
    random(),
    0.04 + 0.2 * random(),
    255 * random(),
    255 * random(),
    255 * random(),
  ]);
  const rgba = new Uint8Array(width * height * 4).fill(255);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const colour = [90, 90, 90];
      for (const [cx, cy, r, ...rgb] of blobs) {
        const weight = Math.exp(-((x / width - cx) ** 2 + (y / height - cy) ** 2) / (2 * r * r));
        rgb.forEach((value, c) => (colour[c] += weight * (value - colour[c])));
      }
      colour.forEach((value, c) => (rgba[(y * width + x) * 4 + c] = value));
    }
  }
  return rgba;
}

const pictureOf = (seed: number, width = 96, height = 80) => Transformer.fromRgbaPixels(scene(seed, width, height), width, height);
const grey = async (bytes: Buffer) => decodePicture(bytes, FINGERPRINT_LAYOUT);
const groupsOf = (pictures: Uint8Array[]) => {
  const near = new NearDuplicates();
  pictures.forEach((picture, i) => near.add(i, picture));
  return near.groups;
};

test('saved again, smaller, brighter: the same; 300 different scenes: none', async () => {
  const original = await grey(await pictureOf(1).png());
  const changed = [
    await grey(await pictureOf(1).jpeg(40)),
    await grey(await pictureOf(1, 240, 200).jpeg(80)),
    await grey(await pictureOf(1, 48, 40).png()),
    original.map((value) => Math.min(255, value + 15)),
    original.map((value) => Math.round(128 + 0.85 * (value - 128))),
  ];
  expect(groupsOf([original, ...changed])).toEqual([[0, 1, 2, 3, 4, 5]]);
  const others = await Promise.all(Array.from({ length: 300 }, async (_, seed) => grey(await pictureOf(seed + 10).png())));
  expect(groupsOf(others)).toEqual([]);
});

test('the hash alone is not trusted: even pictures of different brightness are different', () => {
  const even = (level: number) => new Uint8Array(FINGERPRINT_BYTES).fill(level);
  expect(hashDistance(...differenceHash(even(20)), ...differenceHash(even(200)))).toBe(0);
  expect(looksSame(even(20), even(200))).toBe(false);
  expect(groupsOf([even(20), even(200), even(201), even(90)])).toEqual([[1, 2]]);
});

test('the distance counts every bit', () => {
  expect(hashDistance(0, 0, 0xffffffff, 0xffffffff)).toBe(64);
  expect(hashDistance(0b1011, 1, 0b0010, 0)).toBe(3);
});

test('every pair up to seven bits apart is found, as by comparing each with each', () => {
  let state = 7;
  const random = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  // Fingerprints whose 9 × 8 points are one value each, so that bits can be turned one by one.
  const base = Array.from({ length: 60 }, () => Uint8Array.from({ length: FINGERPRINT_BYTES }, () => 256 * random()));
  const pictures = base.flatMap((one) => [one, one.map((value) => (random() < 0.05 ? Math.min(255, value + 40) : value))]);
  const brute: number[][] = [];
  for (let i = 1; i < pictures.length; i += 2) {
    const [a, b] = [differenceHash(pictures[i - 1]), differenceHash(pictures[i])];
    if (hashDistance(...a, ...b) <= 7 && looksSame(pictures[i - 1], pictures[i])) brute.push([i - 1, i]);
  }
  expect(brute.length).toBeGreaterThan(5);
  expect(groupsOf(pictures)).toEqual(brute);
});

test('the check names near copies in one class, under two labels, and across the own split, each with what to do', async () => {
  const root = temporaryFolder();
  const write = async (file: string, seed: number, quality?: number) =>
    writeAt(root, file, await (quality ? pictureOf(seed).jpeg(quality) : pictureOf(seed).png()));
  for (let i = 0; i < 12; i++) {
    await write(`train/cat/${i}.png`, 100 + i);
    await write(`train/dog/${i}.png`, 200 + i);
  }
  await write('val/cat/a.png', 301);
  await write('val/dog/b.png', 302);
  await write('train/cat/again.jpg', 100, 50);
  await write('train/dog/odd.jpg', 101, 50);
  await write('train/cat/leak.jpg', 301, 50);
  const { problems, blocking } = await checkFolder(root);
  expect(blocking).toEqual([]);
  expect(problems.map(({ file, kind, severity }) => `${file} ${kind} ${severity}`)).toEqual([
    'train/cat/again.jpg near-duplicate warning',
    'train/cat/leak.jpg leak warning',
    'train/dog/odd.jpg near-duplicate warning',
  ]);
  expect(problems.map(({ message }) => message)).toEqual([
    'It looks the same as train/cat/0.png. Leave it out, unless both are meant.',
    expect.stringMatching(/^It looks the same as val\/cat\/a\.png, which measures what is learnt.*Leave this one out\.$/),
    expect.stringMatching(/^It looks the same as train\/cat\/1\.png, which is in "cat"\. One of the two labels may be wrong/),
  ]);
});
