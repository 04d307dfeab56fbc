// Sizes as people write and read them.
import { describe, expect, it } from 'vitest';
import { formatBytes, parseBytes } from '#shared/bytes';

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
