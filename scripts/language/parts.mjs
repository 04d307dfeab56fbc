// What is bundled together and speaks with one catalogue: the window, the programs behind it.
import { adapter } from '@wuchale/svelte';
import { pofile } from 'wuchale';
import { readByUs } from './readers.mjs';
import { isSaid } from './said.mjs';

/** @typedef {'window' | 'programs'} Part */
/** @type {Part[]} */
export const PARTS = ['window', 'programs'];

/** What of the engine says something to a person; all else of it computes. */
const ENGINE = [
  'src/engine/{verdict,check-statistics,start-weights}.ts',
  'src/engine/exact-batch-norm/plan.ts',
  'src/engine/models/{own,u-net}.ts',
  'src/engine/objectives/losses/batch-dice.ts',
];

/** @type {Record<Part, string[]>} */
const FILES = {
  window: ['src/renderer/!(exported)/**/*.{svelte,ts}', 'src/renderer/*.{svelte,ts}', 'src/shared/**/*.ts'],
  programs: ['src/{main,trainer,datasets,store,shared}/**/*.ts', ...ENGINE],
};

/** Functions of ours whose arguments are said whatever they look like: shared/language.ts, renderer/words/numbers.ts. */
const PATTERNS = [
  { name: 'word', args: ['message'] },
  { name: 'counted', args: ['other', 'message', 'message'] },
];

/** One process or page speaks one language, so nothing waits for another. */
const RUNTIME = { initReactive: () => null, useReactive: false };

/** @param {Part} part @param {string} folder for the catalogues of this build @returns {any} a configuration of wuchale */
export function configurationOf(part, folder) {
  const reading = { heuristic: isSaid, patterns: PATTERNS };
  const files = { include: FILES[part], ignore: ['**/*.d.ts', 'src/shared/language{,s}.ts'] };
  const common = { ...reading, files, storage: pofile({ dir: folder }), loader: 'custom', runtime: RUNTIME };
  return {
    locales: ['en', 'de'],
    localesDir: folder,
    ai: null,
    hmr: false,
    logLevel: 'error',
    fallback: {},
    adapters: { [part]: readByUs(adapter(/** @type {any} */ (common)), reading) },
  };
}
