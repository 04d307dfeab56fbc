// The language is the one that was saved, else the system's.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { hearSystem, savedLanguage, SETTINGS_FILE, speak, spoken } from '#main/chosen-language';
import { KeptPreferences } from '#main/preferences';

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'overbatch-language-'))));
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
  vi.unstubAllEnvs();
});

test('nothing saved, the system’s, or a file that cannot be read: none is chosen', () => {
  expect(savedLanguage(folder)).toBeUndefined();
  for (const text of ['{"language":"system"}', '{"language":"fr"}', '{"language":', '7']) {
    writeFileSync(path.join(folder, SETTINGS_FILE), text);
    expect(savedLanguage(folder)).toBeUndefined();
  }
});

test('what Settings keeps is found by the next start', () => {
  const log = { write: () => undefined, error: () => undefined };
  new KeptPreferences(folder, log as never).change({ language: 'de' });
  expect(savedLanguage(folder)).toBe('de');
});

test('what begins from now on speaks it', () => {
  vi.stubEnv('OVERBATCH_LANGUAGE', 'en');
  expect([speak('de'), spoken(), process.env.OVERBATCH_LANGUAGE]).toEqual(['de', 'de', 'de']);
});

test.each([
  [['fr-FR', 'de-DE', 'en-US'], 'de'],
  [['en-GB', 'de-DE'], 'en'],
  [['fr-FR', 'C'], 'en'],
])('of a system that wants %s it is %s', (locales, language) => {
  vi.stubEnv('OVERBATCH_LANGUAGE', '');
  hearSystem(locales);
  expect(speak(undefined)).toBe(language);
  hearSystem([]);
});
