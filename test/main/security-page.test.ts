// docs/security.md names files that are there, and for each of Electron's twenty points a test that holds it.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const page = readFileSync(path.join(root, 'docs/security.md'), 'utf8');
const tree = ['src', 'test', 'scripts'].flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name.split(path.sep).join('/')}`),
);

/** In code marks: a file, whole or by the end of its path, or a folder. */
const named = (text: string): string[] =>
  [...text.matchAll(/`([\w./-]+(?:\.(?:ts|mjs|svelte)|\/))`/g)].map(([, name]) => name).filter((name) => !name.includes('://'));
const isThere = (name: string): boolean => existsSync(path.join(root, name)) || tree.some((file) => file.endsWith(`/${name}`));
const missing = (text: string): string[] => named(text).filter((name) => !isThere(name));

test('every file it names is there; one that is not is found (control)', () => {
  expect(named(page).length).toBeGreaterThan(80);
  expect(missing(page)).toEqual([]);
  expect(missing('`test/main/gone.test.ts`, `src/main/api.ts`, `gone/`')).toEqual(['test/main/gone.test.ts', 'gone/']);
});

test('each of the twenty points names a test, and so does each promise but those that reading proves', () => {
  const rows = page.split('\n').filter((line) => line.startsWith('| '));
  const points = rows.filter((line) => /^\| \d+ /.test(line));
  expect(points.map((line) => Number(/\d+/.exec(line)![0]))).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
  const cells = (line: string) =>
    line
      .split(' | ')
      .at(-1)!
      .replace(/\|\s*$/, '')
      .trim();
  const isProved = (proof: string) => /\be2e\b|reading it|^as 11$|the same,|tests$/.test(proof) || named(proof).length > 0;
  expect(points.filter((line) => !/\.test\.ts`|^as 11$/.test(cells(line))).map(cells)).toEqual([]);
  expect(rows.filter((line) => !/^\| (-|promise|point)/.test(line) && !isProved(cells(line))).map(cells)).toEqual([]);
});
