// The camera's light: off when it is left, also while it starts; a camera that is pulled out is said to be gone.
import { pathToFileURL } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { TryCamera as State } from '#renderer/state/try-camera.svelte';
import type { WindowApi } from '#shared/contract';
import { buildProgram } from '#test/support/build-program';

let TryCamera: typeof State;
beforeAll(async () => {
  const built = await buildProgram('src/renderer/state/try-camera.svelte.ts', 'try-camera-state', svelte({ configFile: false }));
  ({ TryCamera } = (await import(pathToFileURL(built).href)) as { TryCamera: typeof State });
});
afterEach(() => vi.unstubAllGlobals());

function camera() {
  const track = Object.assign(new EventTarget(), { isOn: true, stop: () => void (track.isOn = false) });
  const stream = { getTracks: () => [track] };
  vi.stubGlobal('navigator', { mediaDevices: { getUserMedia: () => Promise.resolve(stream) } });
  const calls: string[] = [];
  const api = {
    openCamera: () => (calls.push('open'), Promise.resolve({ ok: true, value: true })),
    closeCamera: () => (calls.push('close'), Promise.resolve({ ok: true })),
  } as unknown as WindowApi;
  return { track, calls, camera: new TryCamera(api) };
}

test('left while it was starting, it is off', async () => {
  const { track, calls, camera: started } = camera();
  const opening = started.open();
  started.close();
  await opening;
  expect(started.stream).toBeUndefined();
  expect(track.isOn).toBe(false);
  expect(calls.at(-1)).toBe('close');
});

test('pulled out, it is gone and says so', async () => {
  const { track, calls, camera: started } = camera();
  await started.open();
  expect(started.stream).toBeDefined();
  track.dispatchEvent(new Event('ended'));
  expect(started.stream).toBeUndefined();
  expect(started.opening.problem).toBe('The camera is gone. Connect it again, or choose a picture.');
  expect(calls).toEqual(['open', 'close']);
});
