// Small pictures of a list: one that crashes the process that reads them costs the others nothing.
import { pathToFileURL } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { beforeAll, expect, test } from 'vitest';
import type { PictureTiles as State } from '#renderer/state/picture-tiles.svelte';
import type { WindowApi } from '#shared/contract';
import { buildProgram } from '#test/support/build-program';

let PictureTiles: typeof State;
beforeAll(async () => {
  const built = await buildProgram('src/renderer/state/picture-tiles.svelte.ts', 'picture-tiles-state', svelte({ configFile: false }));
  ({ PictureTiles } = (await import(pathToFileURL(built).href)) as { PictureTiles: typeof State });
});

const soon = () => new Promise((resolve) => setTimeout(resolve, 20));
const TILE = { width: 1, height: 1, channels: 3, pixels: new Uint8Array(3) };

test('after a question that failed they are asked one by one: only the one at fault cannot be shown', async () => {
  const asked: number[][] = [];
  const readPictureTiles = (_token: string, { places }: { places: number[] }) => {
    asked.push(places);
    return places.includes(2) ? Promise.resolve({ ok: false }) : Promise.resolve({ ok: true, value: places.map(() => TILE) });
  };
  const tiles = new PictureTiles({ readPictureTiles } as unknown as WindowApi, 'list');
  tiles.want([0, 1, 2, 3]);
  await soon();
  expect([0, 1, 2, 3].map((place) => tiles.get(place))).toEqual([TILE, TILE, null, TILE]);
  expect(asked).toEqual([[0, 1, 2, 3], [0], [1], [2], [3]]);
});

test('a question that throws does not end the fetching', async () => {
  let calls = 0;
  const readPictureTiles = () => (calls++ === 0 ? Promise.reject(new Error('gone')) : Promise.resolve({ ok: true, value: [TILE] }));
  const tiles = new PictureTiles({ readPictureTiles } as unknown as WindowApi, 'list');
  tiles.want([0]);
  await soon();
  expect(tiles.get(0)).toBe(null);
  tiles.want([1]);
  await soon();
  expect(tiles.get(1)).toEqual(TILE);
});
