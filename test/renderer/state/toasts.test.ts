// Messages below the page: none is lost before it was seen, none stands longer than it is true.
import { pathToFileURL } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { beforeAll, expect, test, vi } from 'vitest';
import type { Toasts as State } from '#renderer/state/toasts.svelte';
import { buildProgram } from '#test/support/build-program';

let Toasts: typeof State;
beforeAll(async () => {
  const built = await buildProgram('src/renderer/state/toasts.svelte.ts', 'toasts-state', svelte({ configFile: false }));
  ({ Toasts } = (await import(pathToFileURL(built).href)) as { Toasts: typeof State });
});

const LINK = { label: 'See its result', address: '#/history/a' };
const messages = ({ shown }: State): string[] => shown.map(({ message }) => message);

test('the newest stands on top, three at most; the others wait behind it, an undo as the last, and are opened', () => {
  const toasts = new Toasts();
  const undone = vi.fn();
  toasts.say('removed', undone);
  for (const name of ['a', 'b', 'c', 'd']) toasts.sayWithLink(name, LINK, `ended ${name}`);
  expect([messages(toasts), toasts.more]).toEqual([['d', 'c', 'removed'], 2]);
  toasts.turn();
  expect([messages(toasts), toasts.more]).toEqual([['d', 'c', 'b', 'a', 'removed'], 0]);
  toasts.undo(toasts.shown[4]);
  expect(undone).toHaveBeenCalledOnce();
  toasts.close(toasts.shown[0]);
  expect([messages(toasts), toasts.isOpen]).toEqual([['c', 'b', 'a'], false]);
  toasts.closeAll();
  expect(messages(toasts)).toEqual([]);
});

test('one about the same takes the place of the one before, and what is no longer true goes', () => {
  const toasts = new Toasts();
  toasts.sayWithLink('a ended', LINK, 'ended a');
  toasts.sayWithLink('b ended', LINK, 'ended b');
  toasts.say('a keeps its last', () => undefined, 'kept a');
  toasts.say('a keeps its best', () => undefined, 'kept a');
  expect(messages(toasts)).toEqual(['a keeps its best', 'b ended', 'a ended']);
  toasts.forget('ended a', 'kept a');
  expect(messages(toasts)).toEqual(['b ended']);
  // Those that lead nowhere go with their page, those with a way stay.
  vi.useFakeTimers({ toFake: ['performance'] });
  toasts.say('saved');
  vi.advanceTimersByTime(1_000);
  toasts.moved();
  vi.useRealTimers();
  expect(messages(toasts)).toEqual(['b ended']);
});
