// The catalogue of a language as it is committed: src/language/de.po, by the alphabet, without the places where each is said, so that it changes only where words do.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import PO from 'pofile';

/** @typedef {{ msgid: string, msgid_plural?: string | null, msgctxt?: string | null, msgstr: string[], extractedComments: string[], comments: string[], references: string[], obsolete?: boolean }} Entry */

export const COMMITTED = 'src/language/de.po';
const HEADERS = {
  'Content-Type': 'text/plain; charset=utf-8',
  Language: 'de',
  'Plural-Forms': 'nplurals=2; plural=n == 1 ? 0 : 1;',
  'Source-Language': 'en',
};

/** @param {string} root of the repository @returns {Promise<Entry[]>} */
export async function readCatalogue(root) {
  return PO.parse(await readFile(join(root, COMMITTED), 'utf8')).items;
}

/** @param {{ msgid: string, msgctxt?: string | null }} entry */
export const keyOf = ({ msgid, msgctxt }) => `${msgctxt ?? ''}\u0004${msgid}`;

/** @param {string} root @param {Entry[]} entries */
export async function writeCatalogue(root, entries) {
  const po = new PO();
  po.headers = HEADERS;
  const sorted = [...entries].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  po.items = sorted.map(({ msgid, msgctxt, msgstr, extractedComments, comments }) =>
    Object.assign(new PO.Item(), { msgid, msgctxt, msgstr: msgstr.length > 0 ? msgstr : [''], extractedComments, comments }),
  );
  await writeFile(join(root, COMMITTED), po.toString());
}
