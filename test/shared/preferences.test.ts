// What of a kept file of settings is understood, and what the window may ask to be changed.
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { DEFAULT_PREFERENCES, PreferencesChangeSchema, readPreferences } from '#shared/preferences';

test('what is missing or not known is the default, and the rest stays', () => {
  expect(readPreferences({})).toEqual(DEFAULT_PREFERENCES);
  const kept = { appearance: 'sepia', language: 'de', leaveRoomBytes: -1, keepAwake: 'no', notifyEnd: false, later: [1] };
  expect(readPreferences(kept)).toEqual({ ...DEFAULT_PREFERENCES, language: 'de', notifyEnd: false });
});

test('a size that is none is refused in a sentence', () => {
  const refused = (change: unknown) => v.safeParse(PreferencesChangeSchema, change).issues?.[0].message;
  expect(refused({ leaveRoomBytes: 0 })).toBe('Write a size with its unit, such as 2 GB.');
  expect(refused({ leaveRoomBytes: NaN })).toBe('Write a size with its unit, such as 2 GB.');
  expect(refused({ leaveRoomBytes: 2e15 })).toMatch(/^That is more memory than a computer has/);
  expect(refused({ leaveRoomBytes: 2e9 })).toBeUndefined();
  expect(refused({})).toBe('Nothing was to be changed.');
});
