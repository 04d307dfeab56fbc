// Builds what looking at pages needs into one folder: the page as the product builds it, a window for it, the scenes.
import { join, resolve } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { build, type InlineConfig } from 'vite';
import { words } from '../../../scripts/language/plugin.mjs';

const root = resolve(import.meta.dirname, '../../..');
const here = (name: string) => join(import.meta.dirname, name);

export async function buildLook(folder: string): Promise<{ main: string; script: string }> {
  const common: InlineConfig = { configFile: false, logLevel: 'warn' };
  await build({
    ...common,
    root: join(root, 'src/renderer'),
    base: './',
    // English is what the sources say.
    plugins: [...(process.env.LOOK_LANGUAGE ? [words('window')] : []), svelte({ configFile: false })],
    build: { outDir: join(folder, 'page'), emptyOutDir: true, target: 'chrome114' },
  });
  const library = (entry: string, format: 'cjs' | 'iife', fileName: string, external: (string | RegExp)[] = []) =>
    build({
      ...common,
      build: {
        outDir: folder,
        emptyOutDir: false,
        target: 'node18',
        minify: false,
        lib: { entry: here(entry), formats: [format], name: 'look', fileName: () => fileName },
        rolldownOptions: { external },
      },
    });
  await library('look-main.ts', 'cjs', 'main.cjs', ['electron', /^node:/]);
  await library('page-script.ts', 'iife', 'scenes.js');
  return { main: join(folder, 'main.cjs'), script: join(folder, 'scenes.js') };
}
