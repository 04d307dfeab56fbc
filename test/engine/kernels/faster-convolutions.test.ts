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

  it('where there is little to compute', () => {
    expect(taken(sizes(8, 8, 1, 8, 3), AVX512)).toBe('xxx');
  });

  it('not where lists of points would be large', () => {
    expect(taken(sizes(1, 2048, 64, 64, 3), AVX2)).toBe('---');
  });

  it('always where oneDNN computes a wrong gradient', () => {
    expect(isFasterFilterGradient(sizes(5, 66, 4, 64, 1, 2), AVX512)).toBe(true);
  });
});
