// A receipt that may leave the computer: nothing in it says where on its disk something lay.
import type { Receipt } from '#shared/run-event';

/** Two or more folders deep, of any system: enough to be somebody's. The last name is kept. */
const PATH = /(?<![\w.)])(?:[A-Za-z]:|~|\\\\[^\\/\s]+)?(?:[\\/][^\\/\n"'<>|:]+)+[\\/]([^\\/\s"'<>|:,;)]+)/g;

const withoutFolders = (text: string): string => text.replace(PATH, '…/$1');

/** Every text of it, whatever its place: engines report with paths why they could not be loaded. */
export function withoutPaths(receipt: Receipt): Receipt {
  const clean = (value: unknown): unknown => {
    if (typeof value === 'string') return value.startsWith('run:') ? `run:${lastName(value.slice(4))}` : withoutFolders(value);
    if (Array.isArray(value)) return value.map(clean);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, clean(inner)]));
  };
  return clean(receipt) as Receipt;
}

const lastName = (path: string): string => path.split(/[\\/]/).filter(Boolean).at(-1) ?? '';
