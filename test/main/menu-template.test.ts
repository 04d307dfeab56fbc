// The application menu: what can be done now can be chosen, every item leads somewhere, and no two have one key.
import type { MenuItemConstructorOptions } from 'electron';
import { expect, test } from 'vitest';
import { COMMANDS, ITEM_COMMANDS } from '#shared/shortcuts';
import { menuTemplate, type MenuActs, type MenuLook } from '#main/menu-template';

const TRAINING = { kind: 'training', runId: 'r1', name: 'digits', waiting: 0 } as const;

function menu(over: Partial<MenuLook> = {}) {
  const done: unknown[] = [];
  const note =
    (what: string) =>
    (...given: unknown[]) =>
      void done.push([what, ...given]);
  const acts = Object.fromEntries(
    ['ask', 'openRecent', 'clearRecent', 'showFolder', 'restart', 'resume', 'finish'].map((name) => [name, note(name)]),
  ) as unknown as MenuActs;
  const template = menuTemplate({ isMac: false, isPackaged: true, recent: [], now: { kind: 'idle', waiting: 0 }, ...over }, acts);
  const all = (items: MenuItemConstructorOptions[]): MenuItemConstructorOptions[] =>
    items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? all(item.submenu) : [])]);
  const items = all(template);
  const press = (id: string) => {
    const item = items.find((each) => each.id === id || each.label?.replaceAll('&', '') === id);
    if (item?.enabled === false) return 'disabled';
    (item!.click as () => void)();
    return done.at(-1);
  };
  return { template, items, press, done };
}

test('every command of the window that a menu has place for is in it, and each item does something', () => {
  for (const isMac of [false, true]) {
    const { items, done } = menu({ isMac, recent: ['birds'], now: TRAINING });
    for (const item of items) {
      const leads = item.role ?? item.submenu ?? item.type ?? item.click;
      expect([item.label, leads !== undefined]).toEqual([item.label, true]);
      if (item.enabled !== false) (item.click as (() => void) | undefined)?.();
    }
    const asked = done.flatMap((each) => ((each as string[])[0] === 'ask' ? [(each as string[])[1]] : []));
    expect(asked.sort()).toEqual([...COMMANDS.filter((command) => command !== 'find'), ...ITEM_COMMANDS].sort());
  }
});

test('Pause, Resume and Finish early can be chosen as things are, each of the run that was meant', () => {
  const idle = menu();
  expect(['pause', 'resume', 'finish'].map((id) => idle.press(id))).toEqual(['disabled', 'disabled', 'disabled']);
  const training = menu({ now: TRAINING });
  expect(['pause', 'resume', 'finish'].map((id) => training.press(id))).toEqual([['ask', 'pause'], 'disabled', ['finish', 'r1']]);
  const paused = menu({ now: { ...TRAINING, kind: 'paused', share: 0.5 } });
  expect(['pause', 'resume', 'finish'].map((id) => paused.press(id))).toEqual(['disabled', ['resume', 'r1'], 'disabled']);
  expect(menu({ now: undefined }).press('start')).toBe('disabled');
});

test('Open Recent: the name as it is, the first nine by a digit, and cleared from there', () => {
  expect(menu().press('recent')).toBe('disabled');
  const { items, press } = menu({ recent: ['cats & dogs', ...Array<string>(9).fill('b')] });
  const labels = (items.find(({ id }) => id === 'recent')!.submenu as MenuItemConstructorOptions[]).map(({ label }) => label);
  expect([labels[0], labels[8], labels[9]]).toEqual(['&1 cats && dogs', '&9 b', 'b']);
  expect([press('1 cats  dogs'), press('Clear This List')]).toEqual([['openRecent', 0], ['clearRecent']]);
});

test('a letter marks one item of a menu, and the development tools are for development', () => {
  const { template, items } = menu({ recent: ['a'], now: TRAINING });
  for (const { submenu } of [{ submenu: template }, ...items]) {
    const marked = (Array.isArray(submenu) ? submenu : []).flatMap(({ label }) => /&([^&])/.exec(label ?? '')?.[1].toUpperCase() ?? []);
    expect(marked).toEqual([...new Set(marked)]);
  }
  expect(items.some(({ role }) => role === 'toggleDevTools')).toBe(false);
  expect(menu({ isPackaged: false }).items.some(({ role }) => role === 'toggleDevTools')).toBe(true);
});
