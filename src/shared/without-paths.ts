// What may leave the computer: nothing in it says where on its disk something lay.
import type { Receipt } from './run-event';

/** In a text: of any system. */
const PATH = /(?<![\w.)])(?:[A-Za-z]:|~|\\\\[^\\/\s]+)?(?:[\\/][^\\/\n"'<>|:]+)*[\\/]([^\\/\s"'<>|:,;)]+)/g;
/** A text that is nothing else: its names may have spaces. */
const ONLY_A_PATH = /^(?:[A-Za-z]:|~|\\\\[^\\/]+)?(?:[\\/][^\\/\n"'<>|:]+)*[\\/]([^\\/\n"'<>|:]+)$/;

/** The name of a file says what it was; that of a folder may be a person's. */
const fileOrNothing = (_: string, last: string): string => (last.includes('.') ? `…/${last}` : '…');
export const withoutFolders = (text: string): string => text.replace(ONLY_A_PATH.test(text) ? ONLY_A_PATH : PATH, fileOrNothing);

/** Every text in it. */
export function withoutPlaces<T>(value: T): T {
  const clean = (each: unknown): unknown => {
    if (typeof each === 'string') return each.startsWith('run:') ? `run:${lastName(each.slice(4))}` : withoutFolders(each);
    if (Array.isArray(each)) return each.map(clean);
    if (typeof each !== 'object' || each === null) return each;
    return Object.fromEntries(Object.entries(each).map(([key, inner]) => [key, clean(inner)]));
  };
  return clean(value) as T;
}

/** Every text of it but what the person named: engines report with paths why they could not be loaded. */
export function withoutPaths(receipt: Receipt): Receipt {
  const cleaned = withoutPlaces(receipt);
  return receipt.dataset === undefined ? cleaned : { ...cleaned, dataset: { ...cleaned.dataset, ...named(receipt.dataset) } };
}

/** As about.json has them, whatever they look like. */
const named = ({ name, labels }: Receipt['dataset']) => ({ name, labels });

const lastName = (path: string): string => path.split(/[\\/]/).filter(Boolean).at(-1) ?? '';
