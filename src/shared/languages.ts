// The languages there are. Says nothing itself, so it can be asked before one is chosen.
export const LANGUAGES = ['en', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];

const ours = (locale: string | undefined): Language | undefined => LANGUAGES.find((each) => each === locale?.slice(0, 2).toLowerCase());

/** The one of ours that a person's locale ("de-AT") asks for. */
export const languageOf = (locale: string | undefined): Language => ours(locale) ?? 'en';

/** Of locales in the order in which a person wants them, the first that is one of ours. */
export const firstLanguageOf = (locales: readonly string[]): Language => languageOf(locales.find(ours));
