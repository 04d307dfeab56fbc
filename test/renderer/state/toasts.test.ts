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

test('the newest is shown, the others wait behind it and are opened', () => {
  const toasts = new Toasts();
  const undone = vi.fn();
  toasts.say('removed', undone);
  for (const name of ['a', 'b']) toasts.sayWithLink(name, LINK, `ended ${name}`);
  expect([messages(toasts), toasts.more]).toEqual([['b'], 2]);
  toasts.turn();
  expect([messages(toasts), toasts.more]).toEqual([['b', 'a', 'removed'], 0]);
  toasts.undo(toasts.shown[2]);
  expect(undone).toHaveBeenCalledOnce();
  toasts.close(toasts.shown[0]);
  expect([messages(toasts), toasts.isOpen]).toEqual([['a'], false]);
  toasts.closeAll();
  expect(messages(toasts)).toEqual([]);
});

test('one about the same takes the place of the one before, and what is no longer true goes', () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const toasts = new Toasts();
  toasts.sayWithLink('a ended', LINK, 'ended a');
  toasts.sayWithLink('b ended', LINK, 'ended b');
  toasts.say('a keeps its last', () => undefined, 'kept a');
  toasts.say('a keeps its best', () => undefined, 'kept a');
  toasts.turn();
  expect(messages(toasts)).toEqual(['a keeps its best', 'b ended', 'a ended']);
  toasts.forget('ended a', 'kept a');
  expect([messages(toasts), toasts.has('ended a'), toasts.has('ended b')]).toEqual([['b ended'], false, true]);
  // Those that lead nowhere go with their page, those with a way once that is gone.
  toasts.say('saved');
  vi.advanceTimersByTime(1_000);
  toasts.moved('#/plan');
  expect(messages(toasts)).toEqual(['b ended']);
  toasts.moved(LINK.address);
  vi.useRealTimers();
  expect(messages(toasts)).toEqual([]);
});
