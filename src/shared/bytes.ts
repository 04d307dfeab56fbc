// Sizes as people write and read them: MB is 10^6 bytes, MiB is 2^20, a bare number is bytes.
import { fixed, ungrouped, withMark, withPoint, withUnit } from './language';
const UNITS: Record<string, number> = {
  '': 1,
  B: 1,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KIB: 2 ** 10,
  MIB: 2 ** 20,
  GIB: 2 ** 30,
  TIB: 2 ** 40,
};

/** Bytes in a text such as "512MB", "1.5 GiB", "1,500 MB" or "800000"; undefined when it is not a size above zero. */
export function parseBytes(text: string): number | undefined {
  const [, typed, letters] = /^\s*([\d.,]+)\s*([a-z]*)\s*$/i.exec(text) ?? [];
  if (typed === undefined) return undefined;
  const digits = ungrouped(typed) ?? withPoint(typed);
  if (!/^\d+(\.\d+)?$/.test(digits)) return undefined;
  const unit = UNITS[letters.toUpperCase()];
  if (unit === undefined) return undefined;
  const bytes = Math.floor(Number(digits) * unit);
  return bytes > 0 && Number.isSafeInteger(bytes) ? bytes : undefined;
}

/** The same of what a person types, who rarely means bytes by a bare number: undefined without a unit. */
export const parseTypedBytes = (text: string): number | undefined => (/[a-z]/i.test(text) ? parseBytes(text) : undefined);

const DECIMAL = [
  ['TB', 1e12],
  ['GB', 1e9],
  ['MB', 1e6],
  ['kB', 1e3],
] as const;

/** "5.8 GB", "640 MB", "12 kB": decimal units, three significant digits at most. */
export function formatBytes(bytes: number): string {
  for (const [unit, size] of DECIMAL) {
    if (bytes < 0.9995 * size) continue;
    const value = bytes / size;
    return withUnit(value >= 99.95 ? fixed(value, 0) : value >= 9.995 ? fixed(value, 1) : fixed(value, 2), unit);
  }
  return withUnit(Math.round(bytes), 'B');
}

/** As a field holds it and a person types it, to the byte, in the unit in which that is shortest to read: "1.6 MB", "512 MiB", "30.000001 MB". */
export function exactBytes(bytes: number): string {
  if (bytes % UNITS.MIB === 0) return `${withMark(bytes / UNITS.MIB)} MiB`;
  const texts = DECIMAL.filter(([, size]) => bytes >= size).map(([unit, size]) => `${withMark(bytes / size)} ${unit}`);
  return texts.find((text) => parseBytes(text) === bytes) ?? `${bytes} B`;
}

/** What was not measured, to two digits, upwards: "2.9 MB", "71 MB". @param most that it is known to fit into */
export function aboutBytes(bytes: number, most = Infinity): string {
  const step = 10 ** (Math.floor(Math.log10(Math.max(1, bytes))) - 1);
  // Less than rounding errors is no reason for a step more.
  const rounded = step * Math.ceil(bytes / step - 1e-9);
  if (bytes <= most && rounded > most) return formatBytes(most);
  return formatBytes(rounded)
    .replace(/([.,]\d)0(?=\s)/, '$1')
    .replace(/^(\d\d)[.,]0(?=\s)/, '$1');
}
