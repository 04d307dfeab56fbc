// What is set for the whole app is usual in a plan, which follows it wherever nobody chose otherwise.
import { expect, test } from 'vitest';
import { DEFAULT_DRAFT, restoreDraft, type Draft } from '#renderer/state/draft';
import { followed, NO_DEFAULTS, planDefaults, restoreDefaults, withDefaults } from '#renderer/state/plan-defaults';
import { DEFAULT_PREFERENCES } from '#shared/preferences';

const SET = planDefaults({ ...DEFAULT_PREFERENCES, engine: 'wasm', leaveRoomBytes: 2e9 });
const untouched = withDefaults(DEFAULT_DRAFT, NO_DEFAULTS);

test('nothing set is nothing changed', () => {
  expect(planDefaults(DEFAULT_PREFERENCES)).toEqual(NO_DEFAULTS);
  expect(untouched).toEqual(DEFAULT_DRAFT);
  expect(followed(DEFAULT_DRAFT, NO_DEFAULTS, NO_DEFAULTS)).toEqual(DEFAULT_DRAFT);
});

test('an untouched draft follows, there and back', () => {
  const draft = followed(untouched, NO_DEFAULTS, SET);
  expect(draft).toEqual({ ...DEFAULT_DRAFT, engine: 'wasm', memory: 'limit', leave: '2 GB' });
  expect(draft).toEqual(withDefaults(DEFAULT_DRAFT, SET));
  expect(followed(draft, SET, NO_DEFAULTS)).toEqual(untouched);
});

test('what was chosen stays', () => {
  const chosen: Draft = { ...DEFAULT_DRAFT, engine: 'js', memory: 'limit', budget: '512 MB' };
  expect(followed(chosen, NO_DEFAULTS, SET)).toEqual(chosen);
  const other: Draft = { ...followed(untouched, NO_DEFAULTS, SET), leave: '1 GB' };
  expect(followed(other, SET, NO_DEFAULTS)).toEqual({ ...other, engine: 'auto' });
});

test('under what a draft was typed is kept beside it, and survives being unreadable', () => {
  expect(restoreDefaults({ engine: 'wasm', leave: '2 GB' })).toEqual(SET);
  expect([undefined, null, 'x', { engine: 'gpu', leave: 2 }].map(restoreDefaults)).toEqual(Array(4).fill(NO_DEFAULTS));
  expect(restoreDraft(JSON.stringify({ ...DEFAULT_DRAFT, under: SET }))).toEqual(DEFAULT_DRAFT);
});
