// The window of the packaged app, through the debugger of the page, which a switch opens; that of Node is shut by a fuse, so there is no other way in.
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { chromium, type Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';

const MINUTE = 60_000;

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

/** @param said what the app has said so far; an end of it is no window */
export async function attach(port: number, said: () => string): Promise<Page> {
  // Before its page is there, whoever attaches waits for ever.
  const pages = async () => {
    expect(said()).not.toMatch(/The app ended/);
    const answer = await fetch(`http://127.0.0.1:${port}/json`).catch(() => undefined);
    return answer ? JSON.stringify(await answer.json()) : '';
  };
  await expect.poll(pages, { timeout: MINUTE }).toContain('app://overbatch/');
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`, { noDefaults: true });
  onTestFinished(() => browser.close());
  const page = browser.contexts()[0].pages()[0] ?? (await browser.contexts()[0].waitForEvent('page'));
  await page.waitForFunction(() => innerWidth > 0, undefined, { polling: 50 });
  return page;
}
