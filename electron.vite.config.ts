// The programs this repository builds: main, trainer, importer, keeper, cli, preload, the window's page and that of exports.
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'electron-vite';
import { exportedPage } from './scripts/exported-page.mjs';
import { words } from './scripts/language/plugin.mjs';

export default defineConfig({
  main: {
    plugins: [words('programs'), exportedPage()],
    build: {
      target: 'node18',
      // Loaded by each start, so that it is looked for in no folder of packages.
      externalizeDeps: { exclude: ['valibot'] },
      rollupOptions: {
        input: {
          index: 'src/main/begin.ts',
          trainer: 'src/trainer/process.ts',
          'sample-worker': 'src/trainer/input/sample-worker.ts',
          importer: 'src/datasets/process.ts',
          keeper: 'src/store/process.ts',
          cli: 'src/cli/begin.ts',
        },
        output: { format: 'cjs', entryFileNames: '[name].js' },
      },
    },
  },
  preload: {
    build: {
      target: 'node18',
      externalizeDeps: false,
      rollupOptions: {
        input: { index: 'src/preload/index.ts' },
        output: { format: 'cjs', entryFileNames: '[name].js' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    build: {
      target: 'chrome114',
      rollupOptions: {
        input: 'src/renderer/index.html',
        // All of it is read before the first page stands. Names stay, since what broke is reported by them.
        output: { minify: { mangle: false, compress: true, codegen: { removeWhitespace: true } } },
      },
    },
    plugins: [words('window'), svelte()],
  },
});
