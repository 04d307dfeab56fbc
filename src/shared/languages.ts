// The languages there are. Says nothing itself, so it can be asked before one is chosen.
export const LANGUAGES = ['en', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The one of ours that a person's locale ("de-AT") asks for. */
export const languageOf = (locale: string | undefined): Language =>
  LANGUAGES.find((each) => each === locale?.slice(0, 2).toLowerCase()) ?? 'en';
