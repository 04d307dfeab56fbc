// The language the app speaks: the one chosen in Settings, or the system's. Asked before any module that says something.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { firstLanguageOf, LANGUAGES, languageOf, type Language } from '#shared/languages';

/** Of the preferences (preferences.ts). */
export const SETTINGS_FILE = 'settings.json';

/** As it was last saved; undefined: the system's, also where the file cannot be read. */
export function savedLanguage(folder: string): Language | undefined {
  try {
    const { language } = JSON.parse(readFileSync(path.join(folder, SETTINGS_FILE), 'utf8')) as { language?: unknown };
    return LANGUAGES.find((each) => each === language);
  } catch {
    return undefined;
  }
}

let systemLocales: readonly string[] = [];

/** In the order in which the person wants them; none where the system does not tell, and then its formats say which. */
export const hearSystem = (locales: readonly string[]): void => void (systemLocales = locales);

/** From now on for pages and programs that begin; this program goes on as it began. @param chosen undefined: the system's */
export function speak(chosen: Language | undefined): Language {
  const locales = systemLocales.length > 0 ? systemLocales : [Intl.DateTimeFormat().resolvedOptions().locale];
  const language = chosen ?? firstLanguageOf(locales);
  process.env.OVERBATCH_LANGUAGE = language;
  return language;
}

export const spoken = (): Language => languageOf(process.env.OVERBATCH_LANGUAGE);
