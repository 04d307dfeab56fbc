// The classes that a plan would learn from are those of its own split, every one of them; what could not be read is asked for again.
import { pathToFileURL } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { expect, test } from 'vitest';
import type { ClassSizes } from '#renderer/state/class-sizes.svelte';
import type { WindowApi } from '#shared/contract';
import type { DatasetSummary } from '#shared/dataset';
import type { SplitSettings } from '#shared/dataset-view';
import { buildProgram } from '#test/support/build-program';

const TABLE = { id: 'a', kind: 'table', task: 'classification' } as DatasetSummary;

test('another share counts anew, the same one does not; a failure is no answer', async () => {
  const built = await buildProgram('src/renderer/state/class-sizes.svelte.ts', 'class-sizes-state', svelte({ configFile: false }));
  const { ClassSizes: State } = (await import(pathToFileURL(built).href)) as { ClassSizes: typeof ClassSizes };
  const asked: number[] = [];
  let fails = true;
  const viewTable = (_: string, { validationShare }: SplitSettings) => {
    asked.push(validationShare);
    if (fails) return Promise.resolve({ ok: false, failure: { kind: 'cancelled' }, sentence: 'Cancelled.' });
    const classes = Array.from({ length: 20 }, (_, i) => ({ label: `c${i}`, train: 100 * (1 - validationShare) }));
    return Promise.resolve({ ok: true, value: { columns: [{ bars: [{ label: 'others', train: 1 }] }], classes } });
  };
  const sizes = new State({ viewTable } as unknown as WindowApi);
  await sizes.look(TABLE, { validationShare: 0.2, seed: 1 });
  expect(sizes.sizes).toEqual([]);
  fails = false;
  await sizes.look(TABLE, { validationShare: 0.2, seed: 1 });
  expect(sizes.sizes.map(({ count }) => count)).toEqual(new Array(20).fill(80));
  await sizes.look(TABLE, { validationShare: 0.2, seed: 1 });
  await sizes.look(TABLE, { validationShare: 0.5, seed: 1 });
  expect(sizes.sizes[0]).toEqual({ label: 'c0', count: 50 });
  expect(asked).toEqual([0.2, 0.2, 0.5]);
});
