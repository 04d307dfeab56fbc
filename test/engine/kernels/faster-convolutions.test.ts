// Where our ops for convolutions are taken: figures of bench/NOTES.md, 2026-11-25 and 2026-11-29.
import { backend_util } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import {
  isFasterConvolution,
  isFasterFilterGradient,
  isFasterInputGradient,
  type ConvolutionSizes,
} from '#engine/kernels/faster-convolutions';

const AVX2 = 16;
const AVX512 = 32;

const sizes = (pictures: number, side: number, channels: number, filters: number, kernel: number, stride = 1): ConvolutionSizes =>
  backend_util.computeConv2DInfo([pictures, side, side, channels], [kernel, kernel, channels, filters], stride, 1, 'same');

const taken = (of: ConvolutionSizes, tile: number): string =>
  [isFasterConvolution, isFasterInputGradient, isFasterFilterGradient].map((rule) => (rule(of, tile) ? 'x' : '-')).join('');

describe('convolutions are ours', () => {
  it.each([AVX2, AVX512])('with 3 × 3 filters of many channels, %i columns a tile', (tile) => {
    for (const channels of [64, 128, 256, 512]) expect(taken(sizes(16, 1536 / channels, channels, channels, 3), tile)).toBe('xxx');
  });

  it('where their columns fill tiles: 16 do with AVX2, and not with AVX-512', () => {
    expect(taken(sizes(32, 128, 32, 16, 3), AVX2)).toBe('xxx');
    expect(taken(sizes(32, 128, 32, 16, 3), AVX512)).toBe('-x-');
    expect(taken(sizes(32, 24, 96, 24, 1), AVX2)).toBe('---');
  });

  it('not where sums are short, or a picture has few channels', () => {
    expect(taken(sizes(32, 48, 16, 96, 1), AVX2)).toBe('-x-');
    expect(taken(sizes(16, 96, 3, 64, 7, 2), AVX512)).toBe('x--');
  });

  it('where there is little to compute, the zeros of half-empty tiles among it, and at few points', () => {
    for (const tile of [AVX2, AVX512]) expect(taken(sizes(8, 8, 1, 8, 3), tile)).toBe('xxx');
    expect(taken(sizes(16, 8, 4, 16, 3), AVX512)).toBe('x-x');
    expect(taken(sizes(16, 16, 3, 8, 3), AVX512)).toBe('x--');
    for (const large of [sizes(16, 28, 1, 8, 3), sizes(4, 64, 3, 4, 3), sizes(1, 256, 1, 1, 1)]) expect(taken(large, AVX512)).toBe('---');
  });

  it('with 1 × 1 filters of many channels on small pictures', () => {
    expect(taken(sizes(16, 12, 64, 64, 1), AVX512)).toBe('xxx');
    expect(taken(sizes(16, 13, 64, 64, 1), AVX512)).toBe('xx-');
    expect(taken(sizes(16, 12, 56, 64, 1), AVX512)).toBe('xx-');
  });

  it('from 16 channels on', () => {
    expect(taken(sizes(64, 24, 16, 64, 3), AVX2)).toBe('xxx');
    expect(taken(sizes(64, 24, 15, 64, 3), AVX2)).toBe('xx-');
  });

  it('in more than one picture, where the whole of it is asked for', () => {
    expect(taken(sizes(1, 12, 128, 128, 3), AVX512)).toBe('-xx');
    expect(taken(sizes(2, 12, 128, 128, 3), AVX512)).toBe('xxx');
  });

  it('not with narrower registers than AVX2 has, nor filters as large as pictures', () => {
    expect(taken(sizes(16, 12, 128, 128, 3), 8)).toBe('---');
    expect(taken(sizes(16, 20, 64, 64, 17), AVX2)).toBe('---');
  });

  it('not where lists of points would be large', () => {
    expect(taken(sizes(1, 2048, 64, 64, 3), AVX2)).toBe('---');
  });

  it('always where oneDNN computes a wrong gradient', () => {
    for (const tile of [8, AVX2, AVX512]) expect(isFasterFilterGradient(sizes(5, 66, 4, 64, 1, 2), tile)).toBe(true);
  });
});
