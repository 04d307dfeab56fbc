// What the page is: sandboxed, isolated, with nothing of Node or Electron in reach but the contract.
import { expect, test } from 'vitest';
import { API_NAMES } from '#shared/api-names';
import { launchApp } from '../launch';

test('the page has no Node, no Electron, and exactly the contract', async () => {
  const { app, page } = await launchApp();
  const preferences = await app.evaluate(({ BrowserWindow }) => {
    // Public at run time, missing in the type declarations.
    const contents = BrowserWindow.getAllWindows()[0].webContents as unknown as { getLastWebPreferences(): Record<string, unknown> };
    return contents.getLastWebPreferences();
  });
  expect(preferences).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false });

  const found = await page.evaluate(() =>
    ['process', 'require', 'module', 'exports', 'Buffer', 'global', '__dirname', 'electron', 'ipcRenderer', 'setImmediate'].filter(
      (name) => name in globalThis,
    ),
  );
  expect(found).toEqual([]);
  expect(await page.evaluate(() => Object.keys(window.overbatch).sort())).toEqual([...Object.keys(API_NAMES), 'onEvent'].sort());
});

test('the page can neither replace the contract nor change what it does', async () => {
  const { page } = await launchApp();
  const answer = await page.evaluate(async () => {
    const attempts = [
      () => Object.assign(window, { overbatch: undefined }),
      () => Object.assign(window.overbatch, { listRuns: () => 'mine' }),
      () => Reflect.deleteProperty(window, 'overbatch'),
    ];
    for (const attempt of attempts) {
      try {
        attempt();
      } catch {
        // Refused aloud: as good as refused in silence.
      }
    }
    return window.overbatch.listRuns();
  });
  expect(answer).toEqual({ ok: true, value: [] });
});

test('nothing outside the built page is served', async () => {
  const { page } = await launchApp();
  const statuses = await page.evaluate(async () => {
    const paths = [
      'index.html',
      '../../package.json',
      '..%2f..%2fpackage.json',
      '%2e%2e%2f%2e%2e%2fpackage.json',
      'assets%2f..%2f..%2f..%2fpackage.json',
      '..%5c..%5cpackage.json',
      '%2fetc%2fpasswd',
      'assets/',
    ];
    const answers = await Promise.all(paths.map((path) => fetch(`app://overbatch/${path}`).catch(() => undefined)));
    return answers.map((answer, i) => [paths[i], answer?.status, answer?.headers.get('content-security-policy')?.slice(0, 18)]);
  });
  const [page0, ...others] = statuses;
  expect(page0).toEqual(['index.html', 200, "default-src 'none'"]);
  for (const [path, status, policy] of others) expect([path, status, policy]).toEqual([path, 404, "default-src 'none'"]);
  expect(await page.evaluate(() => fetch('app://overbatch/index.html', { method: 'POST' }).then(({ status }) => status))).toBe(404);
});

test('every permission is denied', async () => {
  // Without a device there would be nothing to deny.
  const { page } = await launchApp({ args: ['--use-fake-device-for-media-stream'] });
  const answers = await page.evaluate(async () => ({
    camera: await navigator.mediaDevices.getUserMedia({ video: true }).then(
      () => 'granted',
      (error: Error) => error.name,
    ),
    microphone: await navigator.mediaDevices.getUserMedia({ audio: true }).then(
      () => 'granted',
      (error: Error) => error.name,
    ),
    geolocation: await new Promise<string>((resolve) =>
      navigator.geolocation.getCurrentPosition(
        () => resolve('granted'),
        ({ code, PERMISSION_DENIED }) => resolve(code === PERMISSION_DENIED ? 'denied' : String(code)),
      ),
    ),
    notifications: await Notification.requestPermission(),
    asked: await Promise.all(
      ['camera', 'microphone', 'geolocation', 'notifications', 'clipboard-read', 'midi'].map((name) =>
        navigator.permissions.query({ name: name as PermissionName }).then(({ state }) => state),
      ),
    ),
  }));
  expect(answers).toEqual({
    camera: 'NotAllowedError',
    microphone: 'NotAllowedError',
    geolocation: 'denied',
    notifications: 'denied',
    asked: Array(6).fill('denied'),
  });
});
