// The project draws the order of the samples by itself: in Python it is the engine's, mini-batch by mini-batch and micro-batch by micro-batch.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { miniBatchesOf } from '#engine/course';
import { equalPieces } from '#engine/pieces';
import { ensurePython } from '../../../scripts/setup/python.mjs';

const PROGRAM = `
import json, sys
sys.path.insert(0, "src/exports/pytorch/project")
sys.dont_write_bytecode = True
from course import equal_pieces, mini_batches
answers = []
for count, batch, micro, seed, epoch in json.loads(sys.argv[1]):
    answers.append([[piece.tolist() for piece in equal_pieces(batch_, micro)] for batch_ in mini_batches(count, batch, seed, epoch)])
print(json.dumps(answers))
`;

/** Samples, N_B, N_μ, seed, epoch: with a short last mini-batch and pieces that do not divide it, and without. */
const COURSES: [number, number, number, number, number][] = [
  [100, 32, 7, 1, 0],
  [100, 32, 7, 1, 3],
  [97, 97, 10, 4294967295, 12],
  [5, 2, 1, 0, 0],
  [1000, 256, 256, 7, 1],
];

const ours = ([count, batch, micro, seed, epoch]: (typeof COURSES)[number]): number[][][] => {
  const course = { train: Int32Array.from({ length: count }, (_, i) => i), validation: new Int32Array(), batch, epochs: epoch + 1, seed };
  return miniBatchesOf(course, epoch).map(({ indices }) => {
    let start = 0;
    return equalPieces(indices.length, micro).map((size) => [...indices.subarray(start, (start += size))]);
  });
};

it('the same samples in the same order, from the same seed', async () => {
  const python = await ensurePython('reference', join('test', 'support', 'reference', 'requirements.txt'), 'NumPy for the comparison');
  const { stdout } = await promisify(execFile)(python, ['-c', PROGRAM, JSON.stringify(COURSES)]);
  const theirs = JSON.parse(stdout) as number[][][][];
  expect(theirs).toEqual(COURSES.map(ours));
  expect(theirs[1], 'control: another epoch is another order').not.toEqual(theirs[0]);
});
