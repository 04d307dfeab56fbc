// A file that holds a model for other data is no start of this plan, and is told in a sentence: the state as it is compiled for a page.
import { pathToFileURL } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { expect, test } from 'vitest';
import type { OwnModels } from '#renderer/state/own-models.svelte';
import type { Toasts } from '#renderer/state/toasts.svelte';
import type { WindowApi } from '#shared/contract';
import { buildProgram } from '#test/support/build-program';

test('a U-Net is taken for masks and not for classes of pictures', async () => {
  const built = await buildProgram('src/renderer/state/own-models.svelte.ts', 'own-models-state', svelte({ configFile: false }));
  const { OwnModels: State } = (await import(pathToFileURL(built).href)) as { OwnModels: typeof OwnModels };
  const answer = (value: unknown) => Promise.resolve({ ok: true, value });
  const models = new State(
    { chooseModel: () => answer({ model: 'u-net' }), listModels: () => answer([]) } as unknown as WindowApi,
    {
      say: () => {},
    } as unknown as Toasts,
  );
  expect(await models.choose('pictures')).toBeUndefined();
  expect(models.taking.problem).toMatch(/holds the model U-Net, which is for pictures with masks\. Choose another file/);
  expect(await models.choose('masks')).toEqual({ model: 'u-net' });
  expect(models.taking.problem).toBeUndefined();
});
