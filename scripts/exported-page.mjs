// Builds the page of the web page export (src/renderer/exported) into one script and one style, with the licences of what is in them.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { build } from 'vite';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** Read by src/trainer/exports/programs.ts. */
export const PAGE_FILE = 'exported-page.json';

/** @returns {Promise<{ script: string, style: string, notices: string }>} */
export async function buildExportedPage() {
  // Whoever asks: a test of ours is no reason to build parts that only help to find mistakes.
  const { NODE_ENV } = process.env;
  process.env.NODE_ENV = 'production';
  const built = await build({
    configFile: false,
    logLevel: 'error',
    root: ROOT,
    mode: 'production',
    plugins: [svelte({ configFile: false })],
    build: {
      write: false,
      target: 'chrome114',
      // Apart from the script, which a policy keeps from adding any.
      cssCodeSplit: false,
      // Comments with licences stay apart from the program.
      rollupOptions: { input: join(ROOT, 'src/renderer/exported/index.ts'), output: { format: 'iife', comments: { legal: false } } },
    },
  }).finally(() => {
    if (NODE_ENV === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = NODE_ENV;
  });
  const { output } = Array.isArray(built) ? built[0] : /** @type {import('vite').Rollup.RollupOutput} */ (built);
  const [script, more] = output.filter((part) => part.type === 'chunk');
  if (!script || more) throw new Error('The exported page must be one script.');
  const style = output.map((part) => (part.type === 'asset' && part.fileName.endsWith('.css') ? String(part.source) : '')).join('');
  return {
    script: harmless(script.code, 'script'),
    style: harmless(style, 'style'),
    notices: await noticesOf(Object.keys(script.modules)),
  };
}

/**
 * Text that can stand in that element as it is.
 * @param {string} text @param {string} element
 */
function harmless(text, element) {
  // In a program it can only be inside a string or a regular expression, where the backslash means nothing.
  return element === 'script'
    ? text
        .replaceAll(/<\/(?=script)/gi, '<\\/')
        .replaceAll('<!--', '<\\!--')
        .trim()
    : text.replaceAll('</', '<\\/').trim();
}

/**
 * The sections of THIRD-PARTY-NOTICES.md that are about these modules' packages.
 * @param {string[]} modules
 */
async function noticesOf(modules) {
  const names = new Set(modules.flatMap((id) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(id.replaceAll('\\', '/'))?.[1] ?? []));
  const sections = (await readFile(join(ROOT, 'THIRD-PARTY-NOTICES.md'), 'utf8')).split(/^## /m).slice(1);
  const found = [...names].sort().map((name) => {
    const section = sections.find((text) => text.startsWith(`${name}@`));
    if (!section) throw new Error(`THIRD-PARTY-NOTICES.md says nothing of ${name}: run node scripts/notices.mjs.`);
    return section.trim();
  });
  const own = await readFile(join(ROOT, 'LICENSE'), 'utf8');
  return [`Overbatch, and packages under Apache-2.0 without a text of their own:\n\n${own.trim()}`, ...found].join('\n\n\n');
}

/**
 * Lays the page beside a program that makes exports, while that is built.
 * @returns {import('vite').Plugin}
 */
export function exportedPage() {
  return {
    name: 'exported-page',
    async generateBundle() {
      this.emitFile({ type: 'asset', fileName: PAGE_FILE, source: JSON.stringify(await buildExportedPage()) });
    },
  };
}
