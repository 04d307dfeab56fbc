// What the parts say, as one catalogue.
import { keyOf } from './catalogue.mjs';

/** @typedef {import('./catalogue.mjs').Entry} Entry */

/**
 * @param {Entry[]} found in all parts, some in several @param {Entry[]} committed
 * @returns {{ entries: Entry[], added: number, removed: number }}
 */
export function merged(found, committed) {
  const before = new Map(committed.map((entry) => [keyOf(entry), entry]));
  /** @type {Map<string, Entry>} */
  const entries = new Map();
  for (const { msgid, msgctxt, extractedComments } of found) {
    const key = keyOf({ msgid, msgctxt });
    const known = before.get(key);
    const said = [...new Set([...(entries.get(key)?.extractedComments ?? []), ...extractedComments])].filter((comment) => comment !== '');
    entries.set(key, {
      msgid,
      msgctxt,
      msgstr: known?.msgstr ?? [''],
      comments: known?.comments ?? [],
      references: [],
      extractedComments: said.sort(),
    });
  }
  const added = [...entries.keys()].filter((key) => !before.has(key)).length;
  const removed = [...before.keys()].filter((key) => !entries.has(key)).length;
  return { entries: [...entries.values()], added, removed };
}
