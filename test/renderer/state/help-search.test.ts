// The search in Help: titles first, all words, other forms and slips of the finger; for what is not there, what comes nearest.
import { expect, test } from 'vitest';
import { HelpSearch, marked } from '#renderer/state/help-search';
import { HELP_ENTRIES } from '#renderer/words/help/entries';

const search = new HelpSearch(HELP_ENTRIES);
const first = (query: string) => search.find(query)[0]?.entry;

test.each([
  ['dropout', 'settings', 'dropout'],
  ['DROPUOT', 'settings', 'dropout'],
  ['micro-batch', 'words', 'micro-batch'],
  ['microbatches', 'settings', 'pieces'],
  ['microbatch', 'words', 'micro-batch'],
  ['learning rates', 'settings', 'learningRate'],
  ['choose batch size', 'batch-size', undefined],
  ['epoch', 'words', 'epoch'],
  ['overfitting early', undefined, undefined],
])('%s', (query, topic, place) => {
  expect([first(query)?.topic, first(query)?.place]).toEqual([topic, place]);
});

test('what has a word in its title comes before what only says it', () => {
  const titles = search.find('smoothing').map(({ entry }) => entry.title);
  const last = titles.findLastIndex((title) => /smoothing/i.test(title));
  expect(last).toBeGreaterThanOrEqual(0);
  expect(titles.slice(0, last + 1).every((title) => /smoothing/i.test(title))).toBe(true);
  expect(titles.length).toBeGreaterThan(last + 1);
});

test('the sentence shown has the word', () => {
  const found = search.find('leakage duplicates') ?? [];
  expect(found).toEqual([]);
  const [guide] = search.find('learn by heart').filter(({ entry }) => entry.topic === 'curves');
  expect(guide.sentence).toContain('learn by heart');
  // Of a long one the part that has it.
  const curves = search.find('dropout').find(({ entry }) => entry.topic === 'curves');
  expect(curves?.sentence).toMatch(/^… .{0,40}Dropout/);
});

test('words that are nowhere lead to what is written most alike, or to nothing', () => {
  expect(search.find('dropoutrate')).toEqual([]);
  expect(search.nearest('dropoutrate').map(({ title }) => title)).toContain('Dropout (%)');
  expect(search.nearest('xyzzyq')).toEqual([]);
  expect(search.find('   ')).toEqual([]);
});

test('what was looked for is marked, in any of its forms', () => {
  expect(marked('The learning rate rises.', 'rates')).toEqual([
    { text: 'The', isHit: false },
    { text: ' ', isHit: false },
    { text: 'learning', isHit: false },
    { text: ' ', isHit: false },
    { text: 'rate', isHit: true },
    { text: ' ', isHit: false },
    { text: 'rises', isHit: false },
    { text: '.', isHit: false },
  ]);
});
