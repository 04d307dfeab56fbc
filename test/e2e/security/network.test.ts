// Nothing leaves: neither from the page, which its policy holds, nor from a page without a policy, which the request blocker holds.
import type { ElectronApplication, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { launchApp } from '../launch';
import { listenForAnybody } from '../listener';

/** Tries to reach a host in every way a page has; what each attempt came to. */
function reachOut(page: Page, host: string): Promise<Record<string, string>> {
  return page.evaluate(async (foreign) => {
    const address = `http://${foreign}/`;
    const outcome = (target: EventTarget & { onerror: unknown }, good: string) =>
      new Promise<string>((resolve) => {
        target.addEventListener(good, () => resolve('reached'));
        target.addEventListener('error', () => resolve('refused'));
        setTimeout(() => resolve('silence'), 3_000);
      });
    const element = (name: string, properties: object) => {
      const made = Object.assign(document.createElement(name), properties);
      document.body.append(made);
      return outcome(made, 'load');
    };
    const told = <T>(promise: Promise<T>) =>
      promise.then(
        () => 'reached',
        () => 'refused',
      );
    const attempts: Record<string, () => Promise<string>> = {
      fetch: () => told(fetch(address, { mode: 'no-cors' })),
      XMLHttpRequest: () => {
        const request = new XMLHttpRequest();
        request.open('GET', address);
        request.send();
        return outcome(request, 'load');
      },
      WebSocket: () => outcome(new WebSocket(`ws://${foreign}/`), 'open'),
      EventSource: () => outcome(new EventSource(address), 'open'),
      img: () => element('img', { src: `${address}a.png` }),
      script: () => element('script', { src: `${address}a.js` }),
      stylesheet: () => element('link', { rel: 'stylesheet', href: `${address}a.css` }),
      'https img': () => element('img', { src: `https://${foreign}/a.png` }),
      name: () => element('img', { src: 'https://example.com/a.png' }),
    };
    const found: Record<string, string> = {};
    for (const [name, attempt] of Object.entries(attempts)) {
      try {
        found[name] = await attempt();
      } catch {
        found[name] = 'refused';
      }
    }
    // These answer nothing: the listener tells.
    navigator.sendBeacon(address, 'x');
    for (const rel of ['prefetch', 'preload', 'preconnect', 'dns-prefetch'])
      document.head.append(Object.assign(document.createElement('link'), { rel, as: 'image', href: address }));
    await new Promise((resolve) => setTimeout(resolve, 500));
    return found;
  }, host);
}

const ALL_REFUSED = Object.fromEntries(
  ['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'img', 'script', 'stylesheet', 'https img', 'name'].map((way) => [
    way,
    'refused',
  ]),
);

/** A window that nobody guards by a policy, in the app's own session. */
async function openBarePage(app: ElectronApplication): Promise<Page> {
  const opened = app.waitForEvent('window');
  await app.evaluate(({ BrowserWindow }) => new BrowserWindow({ show: false }).loadURL('data:text/html,<body>bare</body>'));
  return opened;
}

test('our page reaches nobody, not even this computer itself', async () => {
  const listener = await listenForAnybody();
  const { page } = await launchApp();
  expect(await reachOut(page, listener.host)).toEqual(ALL_REFUSED);
  expect(listener.connections()).toBe(0);
});

test('a page without a policy reaches nobody either: the session cancels every request', async () => {
  const listener = await listenForAnybody();
  const { app } = await launchApp();
  const bare = await openBarePage(app);
  await app.evaluate(({ session }) => {
    const cancelled = ((globalThis as { cancelled?: string[] }).cancelled = []);
    session.defaultSession.webRequest.onErrorOccurred(({ error, url }) => void cancelled.push(`${error} ${url}` as never));
  });
  expect(await reachOut(bare, listener.host)).toEqual(ALL_REFUSED);
  const cancelled = await app.evaluate(() => (globalThis as { cancelled?: string[] }).cancelled ?? []);
  expect(cancelled.length).toBeGreaterThanOrEqual(Object.keys(ALL_REFUSED).length - 1);
  for (const line of cancelled) expect(line).toMatch(/^net::ERR_BLOCKED_BY_CLIENT /);
  expect(listener.connections()).toBe(0);
});
