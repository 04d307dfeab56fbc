// Pictures with masks from a check to a packed version: what is wrong is named, classes mean what was seen, and every byte is hashed.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { importMasks } from '#datasets/masks/import-masks';
import { readManifest } from '#datasets/manifest';
import { openDataset, openPacked } from '#datasets/packed-dataset';
import { checkSource, importSource, verifySource } from '#datasets/source';
import { splitIndices } from '#datasets/split';
import { IGNORED } from '#shared/mask-index';
import type { MaskCheck, MaskOptions } from '#shared/segmentation';
import { maskFolder, stripes, valuesPng } from '#test/support/masks';
import { jpegBytes, pngBytes, writeAt } from '#test/support/pictures';
import { temporaryFolder } from '#test/support/temporary-folder';
import { zipBytes, zipOfFolder } from '#test/support/zip';

const OPTIONS: MaskOptions = { kind: 'segmentation', width: 16, height: 16, channels: 1 };
const version = () => join(temporaryFolder(), 'version');
const check = async (path: string) => (await checkSource(path)) as MaskCheck;
const grey =
  (bits = 8) =>
  (w: number, h: number, values: Uint8Array) =>
    valuesPng(w, h, values, bits);
const brief = ({ problems }: Pick<MaskCheck, 'problems'>) => problems.map(({ file, kind, severity }) => `${file} ${kind} ${severity}`);

describe('a check', () => {
  test('says the classes with their shares, the split and a size that a U-Net takes', async () => {
    const report = await check(maskFolder({ count: 12, width: 40, height: 30, classes: 3 }));
    expect(report).toMatchObject({
      kind: 'segmentation',
      layout: 'mask-folders',
      coding: 'numbers',
      summary: '12 pictures with masks of 3 classes (stored as numbers), no split found (pictures in images, masks in masks).',
      classes: [0, 1, 2].map((code) => ({ label: String(code), written: String(code), pixels: 4800, pictures: 12 })),
      pictures: 12,
      suggested: { kind: 'segmentation', width: 48, height: 32, channels: 1 },
      blocking: [],
      problems: [],
    });
    expect(report.previews[0]).toMatchObject({ file: 'images/p0.png', width: 40, height: 30 });
    expect(report.previews[0].mask).toEqual(stripes(40, 30, 3));
  });

  test('yes and no in 1 bit, in 0 and 255, in black and white colours: background and object', async () => {
    const white = (w: number, h: number, values: Uint8Array) =>
      pngBytes({
        width: w,
        height: h,
        channels: 3,
        values: Uint8Array.from({ length: 3 * w * h }, (_, i) => 255 * values[Math.floor(i / 3)]),
      });
    for (const write of [
      grey(1),
      (w: number, h: number, v: Uint8Array) =>
        grey()(
          w,
          h,
          v.map((value) => 255 * value),
        ),
      white,
    ]) {
      expect((await check(maskFolder({ write }))).classes.map(({ label }) => label)).toEqual(['background', 'object']);
    }
  });

  test('colours are classes named after themselves; one mask of numbers among them is refused', async () => {
    const COLOURS = [0x000000, 0x0000ff, 0xff8000];
    const write = (w: number, h: number, values: Uint8Array) => {
      const rgb = new Uint8Array(3 * values.length);
      values.forEach((value, i) => rgb.set([COLOURS[value] >> 16, (COLOURS[value] >> 8) & 255, COLOURS[value] & 255], 3 * i));
      return pngBytes({ width: w, height: h, channels: 3, values: rgb });
    };
    const root = maskFolder({ classes: 3, write });
    writeAt(root, 'masks/p3.png', valuesPng(16, 16, stripes(16, 16, 3), 4, Uint8Array.of(0, 0, 0, 1, 2, 3, 4, 5, 6)));
    const report = await check(root);
    expect(report).toMatchObject({ coding: 'colours', pictures: 11 });
    expect(report.classes.map(({ label }) => label)).toEqual(['#000000', '#0000ff', '#ff8000']);
    expect(brief(report)).toEqual(['masks/p3.png not-a-mask error']);
  });

  test('names what is wrong with single files, and what to do', async () => {
    const root = maskFolder({ count: 12, classes: 2 });
    writeAt(root, 'masks/p1.png', valuesPng(8, 16, stripes(8, 16, 2), 1));
    writeAt(root, 'masks/p2.png', await jpegBytes({ width: 16, height: 16 }));
    writeAt(root, 'masks/p3.png', valuesPng(16, 16, new Uint8Array(256), 1));
    writeAt(root, 'masks/p4.png', valuesPng(16, 16, stripes(16, 16, 2), 1).subarray(0, 60));
    writeAt(root, 'images/p5.png', 'no picture');
    writeAt(root, 'images/alone.png', pngBytes());
    const report = await check(root);
    expect(brief(report)).toEqual([
      'images/alone.png no-mask error',
      'images/p1.png size-mismatch error',
      'images/p5.png not-a-picture error',
      'masks/p2.png not-a-mask error',
      'masks/p3.png empty-mask warning',
      'masks/p4.png truncated error',
    ]);
    expect(report.problems[1].message).toBe(
      'It is 16 × 16 pixels, and its mask masks/p1.png 8 × 16. Save both at one size, or leave the picture out.',
    );
    for (const { message } of report.problems) expect(message).toMatch(/\. [A-Z].*\.$|[,;] .*\.$/);
    expect(report).toMatchObject({ pictures: 8, blocking: [] });
    // What is left out counts nowhere: 4 of 12 pictures, and the one where nothing is marked shows no second class.
    expect(report.classes.map(({ pixels, pictures }) => [pixels, pictures])).toEqual([
      [128 * 9, 8],
      [128 * 7, 7],
    ]);
  });

  test('smoothed edges are said and counted to the nearest class; more classes than are learnt, and a single one, are no data', async () => {
    const smooth = (w: number, h: number, values: Uint8Array) =>
      valuesPng(
        w,
        h,
        values.map((value, i) => (Math.floor(i / w) === h / 2 ? 20 + 12 * (i % w) : 255 * value)),
      );
    const report = await check(maskFolder({ write: smooth, width: 16, height: 128 }));
    expect(report.classes.map(({ written }) => written)).toEqual(['0', '255']);
    expect(brief(report)).toEqual(Array.from({ length: 12 }, (_, i) => `masks/p${i}.png odd-values warning`).sort());
    const many = (w: number, h: number) =>
      valuesPng(
        w,
        h,
        Uint8Array.from({ length: w * h }, (_, i) => Math.floor(i / w / 3)),
      );
    expect((await check(maskFolder({ width: 12, height: 768, write: many, count: 2 }))).blocking).toEqual([
      expect.stringContaining('256 different values, and at most 255 classes'),
    ]);
    expect((await check(maskFolder({ classes: 1 }))).blocking).toEqual([expect.stringContaining('at least two classes')]);
  });

  test('a picture of the test part without a usable mask takes no copy of it out of the training part, as in the import', async () => {
    const root = maskFolder({ picture: (i) => `train/images/p${i}.png`, mask: (i) => `train/masks/p${i}.png` });
    maskFolder({ root, count: 2, picture: (i) => `test/images/p${i}.png`, mask: (i) => `test/masks/p${i}.png` });
    writeFileSync(join(root, 'test/masks/p0.png'), 'damaged');
    const told = ['test/masks/p0.png not-a-picture', 'train/images/p1.png duplicate'];
    const report = await check(root);
    expect(report.problems.map(({ file, kind }) => `${file} ${kind}`)).toEqual(told);
    const { count, leftOut } = await importMasks(root, OPTIONS, version());
    expect([count, leftOut.map(({ file, kind }) => `${file} ${kind}`)]).toEqual([report.pictures, told]);
  });
});

describe('an import', () => {
  test('packs pictures and masks side by side, verified, and the same content is the same version', async () => {
    const root = maskFolder({ classes: 4, width: 32, height: 32 });
    const [one, two] = [version(), version()];
    const manifest = await importSource(root, OPTIONS, one);
    expect(manifest).toMatchObject({ kind: 'segmentation', labels: ['0', '1', '2', '3'], count: 12, coding: 'numbers', leftOut: [] });
    await verifySource(one, manifest);
    const archive = writeAt(temporaryFolder(), 'masks.zip', zipBytes(zipOfFolder(root)));
    expect((await importSource(archive, OPTIONS, two)).contentHash).toBe(manifest.contentHash);
    const dataset = await openPacked(one, 0);
    // Nearest neighbour: the stripes of 32 rows are those of 16, and no value is between two.
    expect(dataset.masks!.read([0])).toEqual(stripes(16, 16, 4));
    expect(dataset.masks!.read([1])).toEqual(stripes(16, 16, 4).map((value) => 3 - value));
    dataset.close();
    expect(readFileSync(join(one, 'masks.bin'))).toHaveLength(12 * 16 * 16);
  });

  test('a changed mask is another version, and a changed byte is found', async () => {
    const root = maskFolder();
    const [one, two] = [version(), version()];
    const before = await importSource(root, OPTIONS, one);
    writeAt(root, 'masks/p4.png', valuesPng(16, 16, stripes(16, 16, 2).fill(0, 0, 17).fill(1, 3, 5), 1));
    expect((await importSource(root, OPTIONS, two)).contentHash).not.toBe(before.contentHash);
    const bytes = readFileSync(join(one, 'masks.bin'));
    bytes[700] ^= 1;
    writeFileSync(join(one, 'masks.bin'), bytes);
    await expect(verifySource(one, before)).rejects.toThrow(/not what was imported/);
    writeFileSync(join(one, 'masks.bin'), bytes.subarray(1));
    await expect(openPacked(one)).rejects.toThrow(/masks\.bin has 3071 bytes instead of 3072/);
  });

  test('classes are renamed, merged and left without one as the person says', async () => {
    const into = version();
    const options: MaskOptions = { ...OPTIONS, classes: { '1': 'thing', '2': 'thing', '3': null } };
    const manifest = await importMasks(maskFolder({ classes: 4, count: 2 }), options, into);
    expect(manifest.classes.map(({ label, written, pixels }) => [label, written, pixels])).toEqual([
      ['0', '0', 128],
      ['thing', '1, 2', 256],
    ]);
    const dataset = await openPacked(into, 0);
    expect(new Set(dataset.masks!.read([0]))).toEqual(new Set([0, 1, IGNORED]));
    dataset.close();
  });

  test('what is left out is in the manifest; a sample is stratified by the class that most of it shows besides the first', async () => {
    const root = maskFolder({ count: 20, classes: 3 });
    for (let i = 0; i < 10; i++) writeAt(root, `masks/p${i}.png`, valuesPng(16, 16, stripes(16, 16, 2), 1));
    writeAt(root, 'images/alone.png', pngBytes());
    const into = version();
    const manifest = await importMasks(root, { ...OPTIONS, leaveOut: ['images/p19.png'] }, into);
    expect(manifest.leftOut.map(({ file, kind }) => `${file} ${kind}`)).toEqual(['images/alone.png no-mask', 'images/p19.png left-out']);
    const read = await readManifest(into);
    if (read.kind !== 'segmentation') throw new Error(read.kind);
    // Of three stripes in 16 rows the first has six and the others five: turned upside down, the last has most.
    const leading = (indices: ArrayLike<number>) =>
      [1, 2].map((label) => Array.from(indices).filter((index) => read.samples[index].label === label).length);
    expect(leading(read.samples.map((_, i) => i))).toEqual([15, 4]);
    expect(leading(splitIndices(read, { validationShare: 0.5, seed: 1 }).validation)).toEqual([8, 2]);
    await expect(openDataset(into)).rejects.toThrow(/have masks/);
  });
});
