// What crosses into main: origins, pages, tokens. The arguments of every question: question-arguments.test.ts.
import path from 'node:path';
import { expect, test } from 'vitest';
import { FailureError } from '#shared/failure';
import { isAllowedRequest, isOurPage, PAGE_URL } from '#main/origin';
import { CONTENT_SECURITY_POLICY, pageFile, pageHeaders } from '#main/page-file';
import { Tokens } from '#main/tokens';

test('only our page is ours', () => {
  expect(isOurPage(PAGE_URL)).toBe(true);
  for (const url of [
    'app://other/index.html',
    'app://overbatch.evil/',
    'https://overbatch/',
    'file:///index.html',
    'about:blank',
    'data:text/html,x',
    '',
    'x',
  ])
    expect([url, isOurPage(url)]).toEqual([url, false]);
  expect(isOurPage('http://localhost:5173/index.html', 'http://localhost:5173')).toBe(true);
  expect(isOurPage('http://localhost:5174/', 'http://localhost:5173')).toBe(false);
  expect(isOurPage('http://localhost:5173/')).toBe(false);
});

test('nothing but our page, data and blobs may be requested', () => {
  for (const url of [PAGE_URL, 'data:image/png;base64,AA', 'blob:app://overbatch/1'])
    expect([url, isAllowedRequest(url)]).toEqual([url, true]);
  for (const url of [
    'http://example.com',
    'https://a.b/c',
    'ws://localhost:5173/',
    'wss://x',
    'ftp://x',
    'file:///etc/passwd',
    'app://other/',
    'devtools://devtools/x',
    'chrome-extension://x/y',
    '',
  ])
    expect([url, isAllowedRequest(url)]).toEqual([url, false]);
  expect(isAllowedRequest('ws://localhost:5173/', 'http://localhost:5173')).toBe(true);
  expect(isAllowedRequest('ws://localhost:1/', 'http://localhost:5173')).toBe(false);
});

test('a request means a file inside the built page, whatever it tries', () => {
  const root = path.resolve('/app/out/renderer');
  expect(pageFile(root, PAGE_URL)).toBe(path.join(root, 'index.html'));
  expect(pageFile(root, 'app://overbatch/')).toBe(path.join(root, 'index.html'));
  expect(pageFile(root, 'app://overbatch/assets/a%20b.js?v=1#x')).toBe(path.join(root, 'assets', 'a b.js'));
  for (const tail of [
    '../../package.json',
    '..%2f..%2fpackage.json',
    '%2e%2e/%2e%2e/package.json',
    'assets/..%2f..%2f..%2fpackage.json',
    '..%5c..%5cpackage.json',
    '%2fetc%2fpasswd',
    'a%00.js',
    '%',
    'x.sh',
    'assets/',
  ]) {
    const file = pageFile(root, `app://overbatch/${tail}`);
    expect([tail, file === undefined || file.startsWith(root + path.sep)]).toEqual([tail, true]);
  }
  expect(pageFile(root, 'app://overbatch/..%2f..%2fpackage.json')).toBeUndefined();
  expect(pageFile(root, 'app://overbatch/..%2frenderer-evil%2fx.js')).toBeUndefined();
  expect(pageFile(root, 'app://elsewhere/index.html')).toBeUndefined();
  expect(pageFile(root, 'https://overbatch/index.html')).toBeUndefined();
});

test('the policy allows nothing that is not named, and no inline or evaluated script', () => {
  expect(CONTENT_SECURITY_POLICY).toMatch(/^default-src 'none'; script-src 'self';/);
  expect(CONTENT_SECURITY_POLICY).not.toMatch(/unsafe|https?:|\*/);
  expect(pageHeaders('a/b.js')).toMatchObject({
    'Content-Type': 'text/javascript; charset=utf-8',
    'Content-Security-Policy': CONTENT_SECURITY_POLICY,
    'X-Content-Type-Options': 'nosniff',
  });
});

test('a token opens what it was given for, and nothing else', () => {
  const tokens = new Tokens();
  const folder = tokens.remember('folder', '/home/ann/cats');
  expect(folder.name).toBe('cats');
  expect(tokens.path('folder', folder.token)).toBe('/home/ann/cats');
  expect(() => tokens.path('file', folder.token)).toThrow(FailureError);
  expect(() => tokens.path('folder', '00000000-0000-4000-8000-000000000000')).toThrow('Choose the folder again');
  for (let i = 0; i < 1_000; i++) tokens.remember('file', `/f${i}`);
  expect(() => tokens.path('folder', folder.token)).toThrow('Choose the folder again');
});
