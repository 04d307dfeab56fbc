// A plugin for Vite: what a part says is looked up in the catalogue of the language it speaks.
import { fileURLToPath } from 'node:url';
import { findWords } from './find.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** @param {import('./parts.mjs').Part} part @returns {import('vite').Plugin} */
export function words(part) {
  /** @type {import('wuchale').Hub | undefined} */
  let hub;
  return {
    name: 'words',
    enforce: 'pre',
    async buildStart() {
      hub = (await findWords(part, ROOT)).hub;
    },
    transform: {
      order: 'pre',
      async handler(code, id) {
        const [file, query] = id.split('?', 2);
        if (query || !hub) return undefined;
        const [output] = await hub.transform(code, file);
        return /** @type {any} */ (output);
      },
    },
  };
}
