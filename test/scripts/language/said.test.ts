// What a person reads is told from what a program reads, in a component and in a script, by the reader that the build uses.
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Hub } from 'wuchale';
import { afterAll, expect, test } from 'vitest';
import { configurationOf } from '../../../scripts/language/parts.mjs';

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

/** What is found in one file of the window. */
async function found(name: string, source: string): Promise<string[]> {
  const root = await mkdtemp(path.join(tmpdir(), 'overbatch-words-'));
  folders.push(root);
  const catalogues = path.join(root, 'words');
  await mkdir(path.join(root, 'src/renderer/words'), { recursive: true });
  await mkdir(catalogues);
  await writeFile(path.join(catalogues, 'window.loader.js'), '');
  await writeFile(path.join(root, 'src/renderer/words', name), source);
  const hub = await Hub.create('cli', () => Promise.resolve(configurationOf('window', catalogues)), root);
  await hub.directVisit(true, false, false);
  const { readFile } = await import('node:fs/promises');
  const po = await readFile(path.join(catalogues, 'en.po'), 'utf8').catch(() => '');
  return [...po.matchAll(/^msgid "(.+)"$/gm)].map(([, text]) => text.replaceAll('\\"', '"')).sort();
}

test('sentences, labels, units and phrases of a script are said', async () => {
  const source = `
    export const LABELS = { data: 'Data', plan: 'Plan' };
    export const about = (n: number) => \`about \${n} min\`;
    export const told = (n: number) => (n > 1 ? \`\${n} pictures were left out.\` : 'nothing was left out');
    export function fail(): never { throw new Error('It cannot be read. Choose another.'); }
    export class Words { lead = () => 'Not yet'; #where = 'In a field'; }
    export const full = (where = 'The data folder') => where;
    export class Full { open({ where = 'A folder in it' }) { return where; } }
    export const many = counted(3, 'picture', 'pictures');
    export const one = word('none');
  `;
  expect(await found('a.ts', source)).toEqual(
    [
      'A folder in it',
      'Data',
      'In a field',
      'It cannot be read. Choose another.',
      'Not yet',
      'Plan',
      'The data folder',
      'about {0} min',
      'none',
      'nothing was left out',
      'picture',
      'pictures',
      '{0} pictures were left out.',
    ].sort(),
  );
});

test('keys, identifiers, styles, queries and what is compared are not', async () => {
  const source = `
    export const press = (event: KeyboardEvent) => event.key === 'Enter' || event.key !== 'Escape';
    export const kind = (what: string) => { switch (what) { case 'Whole thing': return 1; default: return 2; } };
    export const place = localStorage.getItem('overbatch.plan.dataset');
    export const style = \`translate(\${1}px, \${2}px)\`;
    export const query = \`SELECT id FROM runs WHERE id = \${1}\`;
    export const data = { 'Some key': 1 };
    export const kept = 'best epoch';
    export const name = error.name === 'NotAllowedError' ? 'denied' : 'failed';
    export const mark = 'classification';
    export const rows = \`(next - 1) % \${1} = 0 AND next <= @end\`;
    export const unit = (group: number) => \`group \${group}\`;
  `;
  expect(await found('b.ts', source)).toEqual([]);
});

test('of a component what it shows, and of its attributes what is read', async () => {
  const source = `<script lang="ts">let { count }: { count: number } = $props();</script>
    <p class="lead note" data-kind="Some kind" title="What it is">{count} runs are here</p>
    <Field label="Batch size" hint="Of one update." />
    <path d="M0 0 L1 1" />`;
  expect(await found('C.svelte', source)).toEqual(['Batch size', 'Of one update.', 'What it is', '{0} runs are here'].sort());
});
