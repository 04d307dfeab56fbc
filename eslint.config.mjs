// Style, and the one table of who may import whom.
import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

// folder → what its files may import: other folders of ours, and packages (prefixes). Everything else is an error.
const MAY_IMPORT = {
  shared: { folders: [], packages: ['valibot', 'd3-scale', 'd3-shape'] },
  engine: { folders: ['shared'], packages: ['@tensorflow/tfjs-core', '@tensorflow/tfjs-layers'] },
  datasets: { folders: ['shared'], packages: ['node:', '@napi-rs/image', 'csv-parse', 'valibot', 'yauzl'] },
  store: { folders: ['shared'], packages: ['node:', 'better-sqlite3', 'libsql'] },
  exports: { folders: ['shared', 'engine'], packages: ['node:crypto', 'node:zlib', '@bufbuild/protobuf', 'fflate'] },
  trainer: { folders: ['shared', 'engine', 'datasets', 'exports'], packages: ['node:', '@tensorflow/'] },
  // What the window says of a run, the command line says in the same words.
  cli: { folders: ['shared', 'engine', 'datasets', 'store', 'trainer', 'exports', 'renderer/words'], packages: ['node:', 'valibot'] },
  main: { folders: ['shared', 'store'], packages: ['node:', 'electron', 'fflate', 'valibot'] },
  preload: { folders: ['shared'], packages: ['electron'] },
  renderer: { folders: ['shared'], packages: ['svelte', 'chart.js', '@lucide/svelte'] },
  // The page that an export is runs the model itself, in any browser.
  'renderer/exported': { folders: ['shared', 'datasets', 'engine', 'exports'], packages: ['svelte', '@lucide/svelte', '@tensorflow/'] },
};

const escape = (text) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

function importRule({ folders, packages }) {
  const allowed = ['\\.\\/', '\\.\\.\\/', ...folders.map((f) => `#${f}\\/`), ...packages.map(escape)];
  return {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          { regex: `^(?!${allowed.join('|')})`, message: 'This folder may not import that: see MAY_IMPORT in eslint.config.mjs.' },
          { regex: `\\.\\./(${Object.keys(MAY_IMPORT).join('|')})/`, message: 'Crossing a folder is written #folder/file.' },
        ],
      },
    ],
  };
}

export default ts.config(
  { ignores: ['out/', 'dist/', '**/node_modules/', 'test-results/', 'native/', '**/.venv/'] },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  prettier,
  ...svelte.configs.prettier,
  {
    languageOptions: { globals: { ...globals.node } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      eqeqeq: 'error',
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'no-console': 'error',
    },
  },
  { files: ['scripts/**', 'bench/**', 'src/cli/**', 'test/**'], rules: { 'no-console': 'off' } },
  { files: ['**/*.svelte', '**/*.svelte.ts'], languageOptions: { globals: globals.browser, parserOptions: { parser: ts.parser } } },
  { files: ['src/renderer/**'], languageOptions: { globals: globals.browser } },
  ...Object.entries(MAY_IMPORT).map(([folder, table]) => ({
    files: [`src/${folder}/**/*.{ts,svelte}`],
    rules: importRule(table),
  })),
);
