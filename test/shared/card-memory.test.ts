// What the graphics card's driver tells, from texts as nvidia-smi prints them.
import { expect, it } from 'vitest';
import { parseCard } from '#shared/card-memory';

const MIB = 2 ** 20;
const A = 'GPU-5cfa8a0a-0c25-1f2b-9a0e-5f6b1f0e9c11';
const B = 'GPU-9d1b7f6e-3a39-8c2d-11aa-0c8d7e6f5a44';
const CARDS = `${A}, NVIDIA GeForce RTX 3070, 8192, 5120\n${B}, NVIDIA RTX A6000, 49140, 49000\n`;

it('is the first card’s, with the other programs that compute on it, the largest first', () => {
  const users = `${A}, /usr/bin/python3.11, 512\n${B}, /opt/blender/blender, 9000\n${A}, C:\\Games\\game.exe, 2000\n`;
  expect(parseCard(CARDS, users, 'overbatch')).toEqual({
    name: 'NVIDIA GeForce RTX 3070',
    totalBytes: 8192 * MIB,
    freeBytes: 5120 * MIB,
    users: [
      { program: 'game.exe', bytes: 2000 * MIB },
      { program: 'python3.11', bytes: 512 * MIB },
    ],
  });
});

it('does not name itself; a size that the driver keeps to itself is left out', () => {
  const users = `${A}, /usr/lib/overbatch/overbatch, 900\n${A}, /opt/a, b/tool, [N/A]\n`;
  expect(parseCard(CARDS, users, 'overbatch')?.users).toEqual([{ program: 'tool', bytes: undefined }]);
});

it('is nothing where the driver tells nothing', () => {
  expect(parseCard('', '', 'overbatch')).toBeUndefined();
  expect(parseCard('No devices were found\n', '', 'overbatch')).toBeUndefined();
  expect(parseCard(`${A}, NVIDIA H200, [N/A], [N/A]\n`, '', 'overbatch')).toBeUndefined();
});
