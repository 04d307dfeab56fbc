// What the text of one cell says: nothing, a number, yes or no, a date.
import type { DateFormat, TableFormat } from '#shared/table';

/** As pandas reads them, and what surveys and spreadsheets write besides; compared without case. */
const MISSING = new Set(
  [
    '',
    'na',
    'n/a',
    '#n/a',
    '#na',
    '<na>',
    'nan',
    '-nan',
    'null',
    '#null!',
    '#div/0!',
    '#value!',
    'none',
    'nil',
    '?',
    '-',
    '--',
    '–',
    '.',
  ].concat(['inf', '-inf', '+inf', 'infinity', '-infinity']),
);
const LONGEST_MISSING = 9;

export const isMissing = (cell: string): boolean => cell.length <= LONGEST_MISSING && MISSING.has(cell.toLowerCase());

const PLAIN = /^-?\d+(?:\.\d+)?$/;
/** Thousands parted by an apostrophe, a space (also a hard or narrow one) or the mark that is not the decimal one. */
const NUMBERS: Record<TableFormat['decimal'], RegExp> = {
  '.': /^[+-]?(?:\d+|\d{1,3}(?:,\d{3})+|\d{1,3}(?:['’ \u00a0\u202f]\d{3})+)?(?:\.\d*)?(?:e[+-]?\d+)?$/i,
  ',': /^[+-]?(?:\d+|\d{1,3}(?:\.\d{3})+|\d{1,3}(?:['’ \u00a0\u202f]\d{3})+)?(?:,\d*)?(?:e[+-]?\d+)?$/i,
};
const MONEY = /^([+-]?)\s*[$€£¥]\s*|\s*(?:[$€£¥%]|EUR|USD|CHF)$/gi;

/** NaN where the cell is no number in this way of writing. Currency and per cent signs are passed over. */
export function parseNumber(cell: string, decimal: TableFormat['decimal']): number {
  if (decimal === '.' && PLAIN.test(cell)) return Number(cell);
  const text = cell.replace('−', '-').replace(MONEY, '$1');
  if (!/\d/.test(text) || !NUMBERS[decimal].test(text)) return NaN;
  const bare = decimal === '.' ? text.replace(/[,'’ \u00a0\u202f]/g, '') : text.replace(/[.'’ \u00a0\u202f]/g, '').replace(',', '.');
  const value = Number(bare);
  return Number.isFinite(value) ? value : NaN;
}

/** Pairs of words, no and yes; compared without case. */
export const YES_NO: readonly (readonly [no: string, yes: string])[] = [
  ['false', 'true'],
  ['no', 'yes'],
  ['n', 'y'],
  ['f', 't'],
  ['off', 'on'],
  ['nein', 'ja'],
  ['non', 'oui'],
];
const WORDS = new Map(
  YES_NO.flatMap((pair, place) => pair.map((word, value): [string, { place: number; value: number }] => [word, { place, value }])),
);
const LONGEST_WORD = 5;

/** Which pair the word is of, and 0 for no, 1 for yes. */
export const yesOrNo = (cell: string): { place: number; value: number } | undefined =>
  cell.length <= LONGEST_WORD ? WORDS.get(cell.toLowerCase()) : undefined;

const TIME = String.raw`(?:[T\s]\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(am|pm)?\s*(z|[+-]\d{2}:?\d{2})?)?$`;
const DATES: Record<DateFormat, { pattern: RegExp; order: readonly [year: number, month: number, day: number] }> = {
  'year-month-day': { pattern: new RegExp(String.raw`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})${TIME}`, 'i'), order: [1, 2, 3] },
  'day-month-year': { pattern: new RegExp(String.raw`^(\d{1,2})[-/.]\s?(\d{1,2})[-/.]\s?(\d{4}|\d{2})${TIME}`, 'i'), order: [3, 2, 1] },
  'month-day-year': { pattern: new RegExp(String.raw`^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})${TIME}`, 'i'), order: [3, 1, 2] },
};
const DAY_MS = 86_400_000;
/** Two-digit years up to here are of this century, as POSIX has it. */
const THIS_CENTURY = 68;

export const looksLikeDate = (cell: string): boolean => cell.length >= 6 && cell.length <= 40 && /^\d{1,4}[-/.]\s?\d{1,2}[-/.]/.test(cell);

/** Days since 1970-01-01, UTC where no zone is given; NaN where the cell is no date of this format. */
export function parseDate(cell: string, format: DateFormat): number {
  const { pattern, order } = DATES[format];
  const found = pattern.exec(cell);
  if (!found) return NaN;
  const [year, month, day] = order.map((group) => Number(found[group]));
  const full = found[order[0]].length === 2 ? year + (year <= THIS_CENTURY ? 2000 : 1900) : year;
  const date = new Date(0);
  date.setUTCFullYear(full, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return NaN;
  const [, , , , hours = '0', minutes = '0', seconds = '0', fraction = '0', half, zone] = found;
  const hour = half ? (Number(hours) % 12) + (half.toLowerCase() === 'pm' ? 12 : 0) : Number(hours);
  if (hour > 23 || Number(minutes) > 59 || Number(seconds) > 59) return NaN;
  const time = hour * 3600 + Number(minutes) * 60 + Number(seconds) + Number(`0.${fraction}`) - zoneSeconds(zone);
  return date.getTime() / DAY_MS + time / 86_400;
}

function zoneSeconds(zone: string | undefined): number {
  if (!zone || zone.toLowerCase() === 'z') return 0;
  const digits = zone.replace(/\D/g, '');
  return (zone.startsWith('-') ? -60 : 60) * (60 * Number(digits.slice(0, 2)) + Number(digits.slice(2)));
}
