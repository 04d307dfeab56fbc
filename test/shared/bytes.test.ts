// Sizes as people write and read them.
import { describe, expect, it } from 'vitest';
import { aboutBytes, exactBytes, formatBytes, parseBytes } from '#shared/bytes';

describe('parseBytes', () => {
  it.each([
    ['512MB', 512_000_000],
    ['2 GiB', 2 * 2 ** 30],
    ['1.5gb', 1_500_000_000],
    ['800000', 800_000],
  ])('%s is %i bytes', (text, bytes) => expect(parseBytes(text)).toBe(bytes));

  it.each(['', '0', '-1MB', '1e9', 'many', '5 XB', '99999999999 TB', 'MB'])('"%s" is no size', (text) =>
    expect(parseBytes(text)).toBeUndefined(),
  );
});

describe('formatBytes', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.00 kB'],
    [12_345, '12.3 kB'],
    [999_600, '1.00 MB'],
    [5_800_000_000, '5.80 GB'],
    [640_000_000, '640 MB'],
  ])('%i is %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));
});

describe('exactBytes', () => {
  it.each([
    [1_600_000, '1.6 MB'],
    [2 ** 29, '512 MiB'],
    [2_000_000_000, '2 GB'],
    [30_000_001, '30.000001 MB'],
    [999, '999 B'],
  ])('%i is %s, and that is as many again', (bytes, text) => {
    expect(exactBytes(bytes)).toBe(text);
    expect(parseBytes(text)).toBe(bytes);
  });
});

describe('aboutBytes', () => {
  it.each([
    [2_882_256, '2.9 MB'],
    [2_900_000, '2.9 MB'],
    [70_763_296, '71 MB'],
    [341_900_000, '350 MB'],
    [996_000, '1.0 MB'],
    [5_800_000_000, '5.8 GB'],
  ])('%i is about %s', (bytes, text) => expect(aboutBytes(bytes)).toBe(text));

  it('what fits is not said to need more, and what does not is said to', () => {
    expect(aboutBytes(3_960_000, 3_970_000)).toBe('3.97 MB');
    expect(aboutBytes(4_010_000, 4_000_000)).toBe('4.1 MB');
  });
});
