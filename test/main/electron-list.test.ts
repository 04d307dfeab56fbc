// What Electron's security guide asks never to be done is done nowhere in the app's sources (docs/security.md): switches of a window, doors to the
// system, other ears for messages. The controls: the search finds what is there.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const sources = ['src/main', 'src/preload', 'src/renderer', 'src/shared'].flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|svelte|html)$/.test(name))
    .map((name) => ({
      name: path.posix.join(folder, name.split(path.sep).join('/')),
      text: readFileSync(path.join(root, folder, name), 'utf8'),
    })),
);
const filesWith = (pattern: RegExp): string[] => sources.filter(({ text }) => pattern.test(text)).map(({ name }) => name);

test.each([
  ['6 webSecurity', /\bwebSecurity\b/],
  ['8 allowRunningInsecureContent', /\ballowRunningInsecureContent\b/],
  ['9 experimentalFeatures', /\bexperimentalFeatures\b/],
  ['10 enableBlinkFeatures', /\benableBlinkFeatures\b|enable-blink-features/],
  ['11 a webview', /<webview|\ballowpopups\b/],
  ['15 openExternal', /\bopenExternal\b/],
  ['4 no sandbox', /no-sandbox|disable-setuid-sandbox|sandbox: false|contextIsolation: false|nodeIntegration: true|webviewTag: true/],
  ['an address for crashes', /\bsubmitURL\b|uploadToServer: true/],
  ['synchronous messages', /\bsendSync\b|\bipcMain\.on\b/],
])('%s: nowhere', (_point, pattern) => {
  expect(filesWith(pattern)).toEqual([]);
});

test('one place makes the window, with everything shut; one answers messages; one preload speaks to it', () => {
  expect(filesWith(/new BrowserWindow\b/)).toEqual(['src/main/window.ts']);
  const { text } = sources.find(({ name }) => name === 'src/main/window.ts')!;
  for (const shut of [
    'sandbox: true',
    'contextIsolation: true',
    'nodeIntegration: false',
    'webviewTag: false',
    'devTools: !app.isPackaged',
  ])
    expect(text).toContain(shut);
  expect(filesWith(/\bipcMain\b/)).toEqual(['src/main/api.ts']);
  expect(filesWith(/\bipcRenderer\b/)).toEqual(['src/preload/index.ts']);
  expect(filesWith(/\bcontextBridge\b/)).toEqual(['src/preload/index.ts']);
});

test('what Chromium notes of a crash is sent to nobody', () => {
  expect(filesWith(/\bcrashReporter\.start\b/)).toEqual(['src/main/crash-dumps.ts']);
  expect(filesWith(/crashReporter\.start\(\{ uploadToServer: false \}\)/)).toEqual(['src/main/crash-dumps.ts']);
});
