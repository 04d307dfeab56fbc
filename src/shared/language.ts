// The language that this process speaks, and how its numbers and dates are written. Chosen once: another one begins with a new process or page.
import { languageOf, type Language } from './languages';

/** In the address of a page, and upper-case behind OVERBATCH_ in a program's environment. */
export const LANGUAGE_KEY = 'language';

interface Surroundings {
  location?: { search?: string };
  process?: { env?: Record<string, string | undefined> };
}

function told({ location, process }: Surroundings): string | undefined {
  const inAddress = new RegExp(`[?&]${LANGUAGE_KEY}=(\\w+)`).exec(location?.search ?? '')?.[1];
  return inAddress ?? process?.env?.OVERBATCH_LANGUAGE;
}

export const language: Language = languageOf(told(globalThis as Surroundings));

/** Numbers: "1,797.5" or "1.797,5". */
export const locale: string = language;

/** Dates and times of day: 24 hours in both. */
export const dateLocale: string = language === 'en' ? 'en-GB' : language;

/** Marks a single word that is said to a person; what looks like a sentence is found without (scripts/language). */
export const word = (text: string): string => text;

const DECIMAL_MARK = language === 'en' ? '.' : ',';

/** Digits as JavaScript writes them, with the decimal mark of this language: "0.953" or "0,953". */
export const withMark = (digits: number | string): string => String(digits).replace('.', DECIMAL_MARK);

/** A number as a person types it, with their decimal mark or the point, as JavaScript reads it. */
export const withPoint = (typed: string): string => (DECIMAL_MARK === '.' ? typed : typed.replace(DECIMAL_MARK, '.'));

/** What groups thousands. */
export const GROUP_MARK = DECIMAL_MARK === '.' ? ',' : '.';

const GROUPED = new RegExp(`^[1-9]\\d{0,2}([${GROUP_MARK}]\\d{3})+$`);

/** The digits of a whole number that was typed in groups of thousands, "1,024" (in German "1.024"); undefined for any other. */
export const ungrouped = (typed: string): string | undefined => (GROUPED.test(typed) ? withoutGroups(typed) : undefined);

/** "1,797.5" as a person types it: "1797.5". */
export const withoutGroups = (digits: string): string => digits.replaceAll(GROUP_MARK, '');

/** The number that a text of ours says: of "−1,797.5" or "−1.797,5". */
export const saidNumber = (said: string): number => Number(withPoint(withoutGroups(said)).replace('−', '-'));

/** With so many digits behind the mark. */
export const fixed = (value: number, digits: number): string => withMark(value.toFixed(digits));

/** In a page no line ends there; a terminal and a file keep the plain space that is searched for. */
const BEFORE_UNIT = 'document' in globalThis ? '\u00a0' : ' ';

/** "97.8 %", "3 min": a figure and its unit, never parted by the end of a line. */
export const withUnit = (figure: number | string, unit: string): string => `${figure}${BEFORE_UNIT}${unit}`;

/** As a file, a terminal or the clipboard gets it: there a search does not find the other space. */
export const plainly = (written: string): string => written.replaceAll('\u00a0', ' ');

/** A name as it stands in a sentence: “digits”, „Ziffern“. */
export const quoted = (name: string): string => (language === 'en' ? `“${name}”` : `„${name}“`);

/** "a, b and c", "a, b oder c". */
export const listed = (parts: readonly string[], how: 'conjunction' | 'disjunction' = 'conjunction'): string =>
  new Intl.ListFormat(dateLocale, { type: how }).format(parts);
