// Whether the German catalogue says all that the sources say, and with the same values in it.
import { keyOf } from './catalogue.mjs';

/** @typedef {import('./catalogue.mjs').Entry} Entry */

/** Values and marks that a message holds, sorted: "{0}", "<1/>", "<0>". @param {string} text */
const held = (text) => (text.match(/\{\d+\}|<\/?\d+\/?>/g) ?? []).sort().join(' ');
/** @param {string} text */
const edges = (text) => [/^\s*/.exec(text)?.[0], /\s*$/.exec(text)?.[0]].join('|');

/**
 * @param {Entry[]} found what the sources say @param {Entry[]} committed the catalogue
 * @returns {string[]} a sentence for each fault
 */
export function faults(found, committed) {
  const said = new Set(found.map(keyOf));
  const known = new Map(committed.map((entry) => [keyOf(entry), entry.msgstr[0] ?? '']));
  /** @type {string[]} */
  const all = [];
  for (const { msgid, msgctxt } of found) {
    const german = known.get(keyOf({ msgid, msgctxt }));
    if (german === undefined) all.push(`Missing in the catalogue: "${msgid}"`);
    else if (german === '') all.push(`Not translated: "${msgid}"`);
    else if (held(german) !== held(msgid)) all.push(`Other values than in English: "${msgid}" → "${german}"`);
    else if (edges(german) !== edges(msgid)) all.push(`Other spaces around it than in English: "${msgid}" → "${german}"`);
  }
  for (const entry of committed) if (!said.has(keyOf(entry))) all.push(`Nobody says it any more: "${entry.msgid}"`);
  return [...new Set(all)];
}
