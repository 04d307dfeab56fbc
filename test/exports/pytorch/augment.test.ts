// The project varies pictures by itself: in Python they are the run's, but for the rounding of a byte; masks are the same.
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { drawVariation } from '#engine/augment/draw';
import { moveMask } from '#engine/augment/move-mask';
import { vary } from '#engine/augment/vary';
import type { Augment } from '#shared/augment';
import { pixels } from '#test/support/pictures';
import { temporaryFolder } from '#test/support/temporary-folder';
import { ensurePython } from '../../../scripts/setup/python.mjs';

const PROGRAM = `
import json, sys
sys.path.insert(0, "src/exports/pytorch/project")
sys.dont_write_bytecode = True
import numpy as np
from augment import draw, move_mask, vary
width, height, channels, count, seed, step, strengths = json.loads(sys.argv[2])
pictures = np.fromfile(sys.argv[1] + "/pictures", np.uint8).reshape(count, height, width, channels)
masks = np.fromfile(sys.argv[1] + "/masks", np.uint8).reshape(count, height, width)
variations = [draw(strengths, seed, step, place, width, height) for place in range(count)]
np.stack([vary(p, v) for p, v in zip(pictures, variations)]).tofile(sys.argv[1] + "/varied")
np.stack([move_mask(m, v) for m, v in zip(masks, variations)]).tofile(sys.argv[1] + "/moved")
`;

const COUNT = 24;
const [SEED, STEP] = [7, 12];

it.each<[string, Augment, 1 | 3]>([
  ['mirrored and moved', { flip: 0.5, crop: 0.25 }, 3],
  ['cut out and enlarged', { zoom: 0.7, flip: 0.5, crop: 0.1 }, 3],
  ['turned', { rotate: 40 }, 1],
  ['turned, enlarged and mirrored', { rotate: 180, zoom: 0.5, flip: 0.5 }, 3],
  ['coloured', { colour: 0.6 }, 3],
  ['grey, and lighter or darker', { colour: 0.6 }, 1],
  ['with a hole', { cutout: 0.4 }, 3],
])('%s', async (_, augment, channels) => {
  const size = { width: 21, height: 16, channels };
  const [picture, mask] = [size.width * size.height * channels, size.width * size.height];
  const pictures = Buffer.concat(Array.from({ length: COUNT }, (__, i) => pixels(size.width, size.height, channels, i)));
  const masks = Buffer.concat(Array.from({ length: COUNT }, (__, i) => pixels(size.width, size.height, 1, 100 + i)));
  const ours = { varied: new Uint8Array(pictures.length), moved: new Uint8Array(masks.length) };
  for (let place = 0; place < COUNT; place++) {
    const of = (bytes: Uint8Array, length: number): Uint8Array => bytes.subarray(place * length, (place + 1) * length);
    const variation = drawVariation(augment, { seed: SEED, step: STEP, place }, size);
    vary(of(pictures, picture), size, variation, size, of(ours.varied, picture));
    moveMask(of(masks, mask), size, variation, size, of(ours.moved, mask));
  }
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'pictures'), pictures);
  writeFileSync(join(folder, 'masks'), masks);
  const python = await ensurePython('reference', join('test', 'support', 'reference', 'requirements.txt'), 'NumPy for the comparison');
  const given = JSON.stringify([size.width, size.height, channels, COUNT, SEED, STEP, augment]);
  await promisify(execFile)(python, ['-c', PROGRAM, folder, given]);
  const [varied, moved] = ['varied', 'moved'].map((file) => readFileSync(join(folder, file)));
  const off = (a: Uint8Array, b: Uint8Array): number => a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);
  expect(varied).toHaveLength(ours.varied.length);
  expect(off(varied, ours.varied)).toBeLessThanOrEqual(1);
  expect(moved.filter((value, i) => value !== ours.moved[i]).length / moved.length).toBeLessThan(0.001);
  expect(off(varied, pictures), 'control: they are varied').toBeGreaterThan(20);
});
