// The language of a locale, and numbers as it writes them.
import { afterEach, expect, test, vi } from 'vitest';
import { languageOf } from '#shared/languages';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

test.each([
  ['de', 'de'],
  ['de-AT', 'de'],
  ['DE_de.UTF-8', 'de'],
  ['en-US', 'en'],
  ['fr-FR', 'en'],
  [undefined, 'en'],
])('%s is spoken to in %s', (locale, language) => expect(languageOf(locale)).toBe(language));

test('a German program writes and reads numbers as one does there', async () => {
  vi.resetModules();
  vi.stubEnv('OVERBATCH_LANGUAGE', 'de');
  const { language, fixed, listed, quoted, saidNumber, withMark, withPoint } = await import('#shared/language');
  const { formatBytes, parseBytes, exactBytes } = await import('#shared/bytes');
  expect([language, fixed(0.9534, 3), withMark(2.5), withPoint('1,5')]).toEqual(['de', '0,953', '2,5', '1.5']);
  expect([saidNumber('−1.797,5'), quoted('Ziffern'), listed(['a', 'b', 'c'], 'disjunction')]).toEqual([
    -1797.5,
    '„Ziffern“',
    'a, b oder c',
  ]);
  expect([formatBytes(5.8e9), parseBytes('1,5 GB'), parseBytes('1.5 GB'), exactBytes(1.6e6)]).toEqual(['5,80 GB', 1.5e9, 1.5e9, '1,6 MB']);
  expect(['1.500 MB', '1.024.000 kB', '1,500 GB', '1.500,5 MB', '0.500 GB'].map(parseBytes)).toEqual([
    1.5e9,
    1.024e9,
    1.5e9,
    undefined,
    5e8,
  ]);
});

test('an English one as ever', async () => {
  const { fixed, listed, quoted, saidNumber, withPoint } = await import('#shared/language');
  const { parseBytes } = await import('#shared/bytes');
  expect([saidNumber('1,797.5'), quoted('digits'), listed(['a', 'b', 'c'])]).toEqual([1797.5, '“digits”', 'a, b and c']);
  expect([fixed(0.9534, 3), withPoint('1,5'), parseBytes('1,5 GB')]).toEqual(['0.953', '1,5', undefined]);
  expect(['1,500 MB', '1.500 MB', '1,50 MB'].map(parseBytes)).toEqual([1.5e9, 1.5e6, undefined]);
});

test('no line of a page ends between a figure and its unit; a terminal keeps the plain space', async () => {
  const { withUnit } = await import('#shared/language');
  expect(withUnit('97.8', '%')).toBe('97.8 %');
  vi.resetModules();
  vi.stubGlobal('document', {});
  const { percent } = await import('#shared/percent');
  const { aboutBytes, formatBytes, parseBytes } = await import('#shared/bytes');
  vi.unstubAllGlobals();
  vi.resetModules();
  expect([percent(0.9778), percent(0.99999), formatBytes(5.8e9), aboutBytes(2.9e6)]).toEqual([
    '97.8\u00a0%',
    'over 99.9\u00a0%',
    '5.80\u00a0GB',
    '2.9\u00a0MB',
  ]);
  expect(parseBytes(formatBytes(5.8e9))).toBe(5.8e9);
});
