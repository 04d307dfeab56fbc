// What Help knows: every setting of a plan and of the app is in it, each at a place of its own.
import { expect, test } from 'vitest';
import { MORE_FIELDS } from '#renderer/words/more-settings';
import { HELP_ENTRIES } from '#renderer/words/help/entries';
import { PREFERENCE_WORDS } from '#renderer/words/preference-words';
import { SETTING_GROUPS } from '#renderer/words/help/setting-help';
import { wordId, WORDS } from '#renderer/words/help/word-help';

const settings = SETTING_GROUPS.flatMap((group) => group.settings);

test('every further setting and every preference has its sentence', () => {
  const ids = settings.map(({ id }) => id);
  for (const field of MORE_FIELDS) expect(ids.some((id) => id === field || id.startsWith(`${field}-`))).toBe(true);
  for (const name of Object.keys(PREFERENCE_WORDS)) expect(ids).toContain(`app-${name}`);
});

test('each setting, word and entry is at a place of its own, and says something', () => {
  for (const places of [settings.map(({ id }) => id), WORDS.map(([term]) => wordId(term))])
    expect(new Set(places).size).toBe(places.length);
  const entries = HELP_ENTRIES.map(({ topic, place, title }) => `${topic} ${place} ${title}`);
  expect(new Set(entries).size).toBe(entries.length);
  for (const { title, sentences } of HELP_ENTRIES) expect([title, ...sentences].filter((text) => text.trim() === '')).toEqual([]);
});

test('words that mean the same by another name, and those of other pages, are among the words', () => {
  const terms = WORDS.map(([term]) => term);
  for (const term of ['Micro-batch', 'Piece', 'Epoch', 'Validation', 'Loss', 'IoU and Dice', 'R²', 'Confusion matrix'])
    expect(terms).toContain(term);
  expect(WORDS.find(([term]) => term === 'Epoch')?.[1]).toContain('pictures');
});
