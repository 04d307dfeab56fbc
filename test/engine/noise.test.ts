// Packed random bits: as often 1 as asked, and unlike those of another sample, layer or step.
import { expect, it } from 'vitest';
import { BITS_PER_WORD, drawBits } from '#engine/noise';
import { randomStream } from '#engine/random';

const bitsOf = (words: Float32Array): number[] =>
  Array.from(words).flatMap((w) => Array.from({ length: BITS_PER_WORD }, (_, b) => (w >>> b) & 1));

it.each([0.1, 0.5, 0.8, 1])('bits are 1 with probability %f within five standard deviations, in every place of a word', (probability) => {
  const words = new Float32Array(5_000);
  drawBits(words, probability, randomStream(3));
  const bits = bitsOf(words);
  for (let place = 0; place < BITS_PER_WORD; place++) {
    const ones = bits.reduce((sum, bit, i) => sum + (i % BITS_PER_WORD === place ? bit : 0), 0);
    const deviation = Math.sqrt(words.length * probability * (1 - probability));
    expect(Math.abs(ones - words.length * probability)).toBeLessThanOrEqual(5 * deviation);
  }
});

it('neighbouring streams do not resemble each other', () => {
  const draw = (...stream: number[]): number[] => {
    const words = new Float32Array(4_000);
    drawBits(words, 0.5, randomStream(1, ...stream));
    return bitsOf(words);
  };
  const first = draw(4, 0, 0, 0);
  for (const other of [draw(4, 0, 0, 1), draw(4, 0, 1, 0), draw(4, 1, 0, 0)]) {
    const same = first.filter((bit, i) => bit === other[i]).length;
    expect(Math.abs(same - first.length / 2)).toBeLessThan(5 * Math.sqrt(first.length / 4));
  }
});
