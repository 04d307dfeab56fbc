// Durations and dates as a person says them.
import { dateLocale, fixed, withMark, withUnit, word } from '#shared/language';
/** A forecast: "about 12 min"; no more digits than it deserves. */
export const about = (seconds: number): string => (seconds < 1 ? 'under a second' : nearly(inWords(seconds)));

const nearly = (figure: string): string => `about ${figure}`;

function inWords(seconds: number): string {
  if (seconds < 55) return withUnit(Math.round(seconds), 's');
  if (seconds < 90) return 'a minute';
  if (seconds < 55 * 60) return withUnit(Math.round(seconds / 60), 'min');
  const hours = seconds / 3600;
  if (hours < 1.25) return 'an hour';
  if (hours < 10) return `${withMark(Math.round(hours * 2) / 2)} hours`;
  if (hours < 48) return `${Math.round(hours)} hours`;
  return `${Math.round(hours / 24)} days`;
}

/** Ends closer than these are one figure. */
const HARDLY = 1.06;

/** A forecast that may be so many times less or more: "3 to 7 min"; without that it was measured. */
export function roughly(seconds: number, timesApart = 1): string {
  const [low, high] = [seconds / timesApart, seconds * timesApart];
  if (timesApart < HARDLY || high < 1) return about(seconds);
  return spanned(low, high);
}

/** The same of what lasts as briefly as an epoch of little data, to be compared: "40 ms", "220 to 640 ms", "0.8 to 2.6 s". */
export function briefly(seconds: number, timesApart = 1): string {
  const [low, high] = timesApart < HARDLY ? [seconds, seconds] : [seconds / timesApart, seconds * timesApart];
  if (high >= 10 && timesApart >= HARDLY) return spanned(low, high, (figure) => figure);
  if (high >= 10) return inWords(seconds);
  const [unit, size] = high < 1 ? ['ms', 0.001] : ['s', 1];
  const [least, most] = [low, high].map((value) => withMark(Number((value / size).toPrecision(2))));
  return least === most ? withUnit(most, unit) : `${least} to ${withUnit(most, unit)}`;
}

/** By growing size; the next one is said from `below` seconds on. */
const UNITS = [
  { name: 's', size: 1, below: 90 },
  { name: 'min', size: 60, below: 3 * 3_600 },
  { name: word('hours'), size: 3_600, below: 3 * 86_400 },
  { name: word('days'), size: 86_400, below: Infinity },
];

const unitOf = (seconds: number) => UNITS.find(({ below }) => seconds < below)!;

/** As a guess is said: whole up to 10, in fives beyond. */
const rounded = (value: number): number => (value < 10 ? Math.round(value) : 5 * Math.round(value / 5));
const toHalves = (value: number): number => Math.round(2 * value) / 2;
/** Of few minutes or hours a half says something. */
const FEW = 3;

function spanned(low: number, high: number, say = nearly): string {
  const { name, size } = unitOf(high);
  const own = unitOf(low);
  const round = size > 1 && high < FEW * size ? toHalves : rounded;
  const most = round(high / size);
  // "25 s to 2 min": what is less than one of the longer unit is said in its own.
  if (low < size && own.size < size) return `${withUnit(rounded(low / own.size), own.name)} to ${withUnit(withMark(most), name)}`;
  const least = round(low / size);
  if (least === most) return say(withUnit(withMark(most), name));
  return least === 0 ? `up to ${withUnit(withMark(most), name)}` : `${withMark(least)} to ${withUnit(withMark(most), name)}`;
}

/** A measured time: "4.2 s", "3 min 05 s", "2 h 10 min". */
export function lasting(seconds: number): string {
  if (seconds < 10) return withUnit(fixed(seconds, 1), 's');
  const whole = Math.round(seconds);
  if (whole < 60) return withUnit(whole, 's');
  const pad = (value: number) => value.toString().padStart(2, '0');
  if (whole < 3600) return `${withUnit(Math.floor(whole / 60), 'min')} ${withUnit(pad(whole % 60), 's')}`;
  const minutes = Math.round(whole / 60);
  return `${withUnit(Math.floor(minutes / 60), 'h')} ${withUnit(pad(minutes % 60), 'min')}`;
}

/** "today 14:05", "yesterday 09:30", "12 Nov 2026". */
export function day(iso: string, now = new Date()): string {
  const date = new Date(iso);
  const time = date.toLocaleTimeString(dateLocale, { hour: '2-digit', minute: '2-digit' });
  const midnight = (of: Date) => new Date(of.getFullYear(), of.getMonth(), of.getDate()).getTime();
  const days = Math.round((midnight(now) - midnight(date)) / 86_400_000);
  if (days === 0) return `today ${time}`;
  if (days === 1) return `yesterday ${time}`;
  return date.toLocaleDateString(dateLocale, { day: 'numeric', month: 'short', year: 'numeric' });
}

/** A moment in a list of events: "14:05:09". */
export const clock = (iso: string): string => new Date(iso).toLocaleTimeString(dateLocale);

/** This moment as every process writes it down. */
export const now = (): string => new Date().toISOString();
