// The border between the page and main, on the running app: wrong arguments, invented tokens, other senders.
import type { ElectronApplication, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { API_NAMES, type ApiName } from '#shared/api-names';
import { launchApp } from '../launch';

interface Refusal {
  ok: boolean;
  sentence?: string;
  failure?: { kind: string };
}

const ask = (page: Page, question: string, args: unknown[]): Promise<Refusal> =>
  page.evaluate(
    ([name, given]) => (window.overbatch as unknown as Record<string, (...args: unknown[]) => Promise<Refusal>>)[name](...given),
    [question, args] as const,
  );

/** A sentence for a person: capital letter, full stop, one line, no path of our sources, no words of a validator. */
const PLAIN_SENTENCE = /^[A-Z][^\n]{10,300}\.$/;
const NOT_FOR_PEOPLE = /\bat \S+:\d+|\bundefined\b|\bObject\b|Invalid|TypeError|node_modules/;

test('every question refuses what it does not take, in a plain sentence', async () => {
  const { page } = await launchApp();
  for (const question of Object.keys(API_NAMES) as ApiName[]) {
    for (const args of [
      [{ evil: true }, '../../etc/passwd', 1e9, null],
      ['../../etc/passwd', {}, 1, 2],
    ]) {
      const answer = await ask(page, question, args);
      expect([question, answer]).toEqual([
        question,
        expect.objectContaining({ ok: false, failure: expect.objectContaining({ kind: 'bad-setting' }) as unknown }),
      ]);
      expect([question, answer.sentence]).toEqual([question, expect.stringMatching(PLAIN_SENTENCE)]);
      expect([question, answer.sentence]).toEqual([question, expect.not.stringMatching(NOT_FOR_PEOPLE)]);
    }
  }
});

test('tokens and identifiers the page invents open nothing', async () => {
  const { page } = await launchApp();
  const invented = '4f9c2d8e-1a2b-4c3d-8e9f-0a1b2c3d4e5f';
  const options = { width: 8, height: 8, channels: 1 };
  for (const [question, args] of [
    ['checkFolder', [invented]],
    ['importFolder', [invented, options]],
    ['checkFolder', ['/etc']],
    ['getRun', [invented]],
    ['resumeRun', [invented]],
    ['finishRun', [invented]],
    ['thumbnails', [invented]],
    ['askPicture', [invented, { list: invented, place: 0 }]],
    ['askPictures', [invented, invented, 0]],
    ['readPictureTiles', [invented, { places: [0], side: 48 }]],
    ['saveAnswers', [invented]],
    ['showRunFolder', [invented]],
  ] as const) {
    const answer = await ask(page, question, [...args]);
    expect([question, answer.ok]).toEqual([question, false]);
    expect([question, answer.sentence]).toEqual([question, expect.stringMatching(PLAIN_SENTENCE)]);
    expect([question, answer.sentence]).toEqual([question, expect.not.stringMatching(NOT_FOR_PEOPLE)]);
  }
});

test('a File the page makes up has no path', async () => {
  const { page } = await launchApp();
  const refused = { ok: false, sentence: 'The dropped item is not a file or folder on this computer.' };
  expect(await page.evaluate(() => window.overbatch.acceptDrop(new File(['x'], '/etc/passwd')))).toMatchObject(refused);
  expect(await page.evaluate(() => window.overbatch.acceptPictures([new File(['x'], '/etc/passwd')]))).toMatchObject(refused);
});

/** Another window with our preload: as far as a stranger could come. */
async function openStranger(app: ElectronApplication, url: string): Promise<Page> {
  const opened = app.waitForEvent('window');
  await app.evaluate(({ app: electronApp, BrowserWindow }, address) => {
    const preload = `${electronApp.getAppPath()}/out/preload/index.js`;
    return new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } }).loadURL(address);
  }, url);
  return opened;
}

test.each(['data:text/html,<body>stranger</body>', 'app://overbatch/index.html'])('%s in another window is not answered', async (url) => {
  const { app } = await launchApp();
  const stranger = await openStranger(app, url);
  const answers = await stranger.evaluate(
    (names) =>
      Promise.all(
        names.map((name) =>
          (window.overbatch as unknown as Record<string, () => Promise<unknown>>)[name]().then(
            () => 'answered',
            (error: Error) => error.message,
          ),
        ),
      ),
    Object.keys(API_NAMES),
  );
  for (const answer of answers) expect(answer).toContain('This page may not ask Overbatch anything.');
});
