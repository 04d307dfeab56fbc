// What may leave the computer: nothing in it says where on its disk something lay.
import type { Receipt } from './run-event';

/** In a text: of any system. */
const PATH = /(?<![\w.)])(?:[A-Za-z]:|~|\\\\[^\\/\s]+)?(?:[\\/][^\\/\n"'<>|:]+)*[\\/]([^\\/\s"'<>|:,;)]+)/g;
/** A text that is nothing else: its names may have spaces. */
const ONLY_A_PATH = /^(?:[A-Za-z]:|~|\\\\[^\\/]+)?(?:[\\/][^\\/\n"'<>|:]+)*[\\/]([^\\/\n"'<>|:]+)$/;

/** The name of a file says what it was; that of a folder may be a person's. */
const fileOrNothing = (_: string, last: string): string => (last.includes('.') ? `…/${last}` : '…');
export const withoutFolders = (text: string): string => text.replace(ONLY_A_PATH.test(text) ? ONLY_A_PATH : PATH, fileOrNothing);

/** Every text of it but what the person named: engines report with paths why they could not be loaded. */
export function withoutPaths(receipt: Receipt): Receipt {
  const clean = (value: unknown): unknown => {
    if (typeof value === 'string') return value.startsWith('run:') ? `run:${lastName(value.slice(4))}` : withoutFolders(value);
    if (Array.isArray(value)) return value.map(clean);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, clean(inner)]));
  };
  const cleaned = clean(receipt) as Receipt;
  return receipt.dataset === undefined ? cleaned : { ...cleaned, dataset: { ...cleaned.dataset, ...named(receipt.dataset) } };
}

/** As about.json has them, whatever they look like. */
const named = ({ name, labels }: Receipt['dataset']) => ({ name, labels });

const lastName = (path: string): string => path.split(/[\\/]/).filter(Boolean).at(-1) ?? '';
