// A range as people write it: "64", "64–512", "64 to 512", "> 64", "at most" as "≤ 512"; with units where the value has some ("< 2 GB", "1-5 min", "90–95 %").
import { parseTypedBytes } from '#shared/bytes';
import { ungrouped, withPoint } from '#shared/language';

/** Both ends belong to it, unless it says otherwise. */
export interface TypedRange {
  least?: number;
  most?: number;
  /** Without the ends themselves: "> 64". */
  open?: boolean;
}

/** Of one end; undefined where it is none. `unit` is the other end's, where this one has none of its own. */
type ReadValue = (text: string, unit: string) => number | undefined;

const SIGN = /^(<=|>=|[<>≤≥])\s*(.+)$/;
const BETWEEN = /^(.*?\d\s*[\p{L}]*)\s*(?:–|—|-|\.\.|…|\bto\b|\bbis\b)\s*(\d.*)$/u;
const unitOf = (text: string): string => /\p{L}+\s*$/u.exec(text)?.[0].trim() ?? '';

/** Undefined where it cannot be understood, or where nothing can lie in it. */
function typedRange(typed: string, valueOf: ReadValue): TypedRange | undefined {
  const text = typed.trim();
  const [, sign, end] = SIGN.exec(text) ?? [];
  if (sign !== undefined) {
    const value = valueOf(end, '');
    if (value === undefined) return undefined;
    return { [sign.startsWith('<') || sign === '≤' ? 'most' : 'least']: value, ...(/^[<>]$/.test(sign) && { open: true }) };
  }
  const [, from, to] = BETWEEN.exec(text) ?? [text, text, text];
  const [least, most] = [valueOf(from, unitOf(to)), valueOf(to, '')];
  return least === undefined || most === undefined || least > most ? undefined : { least, most };
}

const numberIn = (text: string): number | undefined => {
  const digits = ungrouped(text.trim()) ?? withPoint(text.trim());
  return /^\d+(\.\d+)?$/.test(digits) ? Number(digits) : undefined;
};

/** "64", "1,024". */
export const countRange = (typed: string): TypedRange | undefined => typedRange(typed, numberIn);

/** "2 GB", "500 MB–2 GB". */
export const sizeRange = (typed: string): TypedRange | undefined =>
  typedRange(typed, (text, unit) => parseTypedBytes(/\p{L}/u.test(text) ? text : `${text} ${unit}`));

/** As they are written in both languages. */
const SECONDS: [RegExp, number][] = [
  [/^(s|sec|secs|seconds?|sek|sekunden?)$/i, 1],
  [/^(m|min|mins|minutes?|minuten?)$/i, 60],
  [/^(h|hours?|std|stunden?)$/i, 3_600],
];

/** In seconds: "90 s", "1–5 min", "> 2 h". */
export const timeRange = (typed: string): TypedRange | undefined =>
  typedRange(typed, (text, unit) => {
    const [, digits, own] = /^([\d.,]+)\s*(\p{L}*)\.?$/u.exec(text.trim()) ?? [];
    const value = digits === undefined ? undefined : numberIn(digits);
    const [, seconds] = SECONDS.find(([name]) => name.test(own === '' ? unit : (own ?? ''))) ?? [];
    return value === undefined || seconds === undefined ? undefined : value * seconds;
  });

/** Of a result, as a share: "90–95 %", "> 0.8". Whole numbers are percent; one value alone is the least: hardly a run comes to exactly that. */
export function shareRange(typed: string): TypedRange | undefined {
  const isPercent = typed.includes('%');
  const range = typedRange(typed.replaceAll('%', ' '), (text) => {
    const digits = text.trim().replace(',', '.');
    const value = /^\d+(\.\d+)?$/.test(digits) ? Number(digits) : NaN;
    if (!(value <= 100)) return undefined;
    return isPercent || value > 1 || !digits.includes('.') ? value / 100 : value;
  });
  return range?.least !== undefined && range.least === range.most ? { least: range.least } : range;
}

/** What is not known lies in none. */
export function liesIn(value: number | undefined, { least = -Infinity, most = Infinity, open = false }: TypedRange): boolean {
  if (value === undefined || Number.isNaN(value)) return false;
  return open ? value > least && value < most : value >= least && value <= most;
}
