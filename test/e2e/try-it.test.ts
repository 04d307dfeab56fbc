// "Try it" as a person uses it: a folder dropped, looked through by keyboard, saved as a table; where the model looked; the camera; what is no picture.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { pngBytes, writeAt } from '#test/support/pictures';
import { temporaryFolder } from '#test/support/temporary-folder';
import { dropFiles } from './drop-files';
import { launchApp, type LaunchedApp } from './launch';
import { look } from './looks';
import { button, go, region } from './page-parts';
import { importDigits, planDigits, startTraining } from './sample-flow';

const MINUTE = 60_000;
const SAMPLES = join(import.meta.dirname, '../../resources/samples/digits');

/** The digits learnt, and the page that asks them. */
async function trained(launched: LaunchedApp): Promise<void> {
  const { page } = launched;
  await importDigits(page);
  await planDigits(page, 12);
  await startTraining(page);
  await page.getByRole('link', { name: 'Try the model' }).click({ timeout: 4 * MINUTE });
  await button(page, 'Choose pictures…').waitFor();
}

const drop = (page: Page, files: string[]) => dropFiles(page, region(page, 'Picture'), files);

test(
  'a folder is answered, looked through, saved; one picture is explained; what is no picture is named; the camera asks first',
  async () => {
    // Chromium's own test picture stands for a camera.
    const launched = await launchApp({ args: ['--use-fake-device-for-media-stream'] });
    const { app, page, errors } = launched;
    const says = (dialog: string) => app.evaluate((_electron, chosen) => void (process.env.OVERBATCH_TEST_DIALOG = chosen), dialog);
    await trained(launched);

    const folder = join(temporaryFolder(), 'new digits');
    for (const digit of [3, 7])
      for (const i of [0, 1]) writeAt(folder, `${digit}/${i}.png`, readFileSync(join(SAMPLES, `${digit}/digit-00${i}${digit}.png`)));
    writeAt(folder, 'broken.png', pngBytes().subarray(0, 60));
    writeAt(folder, 'notes.txt', 'not a picture');
    await drop(page, [folder]);
    const list = region(page, 'new digits');
    await list.getByText('5 pictures answered, 1 of them could not be read.').waitFor({ timeout: MINUTE });
    expect(await list.innerText()).toContain('1 other file in the folder is no picture.');
    const option = (name: RegExp) => list.getByRole('option', { name });
    expect(await option(/^The picture is cut off.*broken\.png$/).count()).toBe(1);
    await look(launched, 'try-many');

    await list.getByRole('listbox').focus();
    await page.keyboard.press('Home');
    const answer = region(page, 'What the model says');
    await answer.getByText('3/0.png').waitFor();
    await page.keyboard.press('End');
    await answer.getByText('broken.png').waitFor();
    await page.getByText('Copy it again from where it came from.').first().waitFor();
    await list.getByLabel('Show').selectOption({ label: 'could not be read (1)' });
    expect(await list.getByRole('option', { name: /png/ }).count()).toBe(1);
    await list.getByLabel('Show').selectOption('all');

    const out = join(temporaryFolder(), 'answers.csv');
    await says(out);
    await button(list, 'Save answers…').click();
    await list.getByText('Saved as answers.csv.').waitFor();
    const [head, ...rows] = parse(readFileSync(out, 'utf8'), { bom: true }) as string[][];
    expect(head).toEqual(['file', 'answer', 'probability', ...'0123456789', 'problem']);
    expect(rows.map(([file]) => file)).toEqual(['3/0.png', '3/1.png', '7/0.png', '7/1.png', 'broken.png']);
    expect(rows.slice(0, 4).filter(([file, digit]) => file.startsWith(digit)).length).toBeGreaterThanOrEqual(3);
    expect(rows[4].at(-1)).toMatch(/cut off/);

    // More than are told at once, and faster than the window is told.
    const many = join(temporaryFolder(), 'many digits');
    for (let i = 0; i < 150; i++) writeAt(many, `${i}.png`, readFileSync(join(SAMPLES, '3/digit-0003.png')));
    await drop(page, [many]);
    await region(page, 'many digits').getByText('150 pictures answered.').waitFor({ timeout: MINUTE });

    await button(page, 'Clear').click();
    await says(join(folder, '7/0.png'));
    await button(page, 'Choose pictures…').click();
    await button(answer, 'Where did it look?').click({ timeout: MINUTE });
    await answer.getByRole('img', { name: /raise the model’s score for “7”/ }).waitFor({ timeout: MINUTE });
    await answer.getByLabel('Strength of the colour').fill('0.3');
    await look(launched, 'try-where');
    await answer.getByLabel('Class').selectOption('1');
    await answer
      .getByText(/“1” \(/)
      .first()
      .waitFor({ timeout: MINUTE });

    await drop(page, [writeAt(temporaryFolder(), 'letter.pdf', '%PDF-1.7')]);
    await page.getByText('This is not a picture. Choose another picture.').waitFor({ timeout: MINUTE });
    await drop(page, [join(writeAt(temporaryFolder(), 'empty/notes.txt', ''), '..')]);
    await page.getByText('There is no picture in "empty". Choose a folder that holds pictures.').waitFor();

    await says('Not now');
    await button(page, 'Use the camera…').click();
    await expect.poll(() => button(page, 'Use the camera…').isEnabled()).toBe(true);
    expect(await region(page, 'Camera').count()).toBe(0);
    // Without the person's yes the page gets nothing, whatever it asks.
    expect(await cameraOf(page)).toBe('NotAllowedError');
    await says('Use the camera');
    await button(page, 'Use the camera…').click();
    await button(page, 'Take a picture and ask').click({ timeout: MINUTE });
    await page.getByRole('img', { name: /Camera picture 1/ }).waitFor({ timeout: MINUTE });
    await answer.getByRole('table').waitFor({ timeout: MINUTE });
    await look(launched, 'try-camera');
    expect(await soundOf(page)).toBe('NotAllowedError');
    await page.reload();
    await button(page, 'Choose pictures…').waitFor({ timeout: MINUTE });
    expect(await cameraOf(page)).toBe('NotAllowedError');
    await button(page, 'Use the camera…').click();
    await button(page, 'Take a picture and ask').waitFor({ timeout: MINUTE });
    const light = await page.evaluateHandle(() => (document.querySelector('video')!.srcObject as MediaStream).getTracks()[0]);
    expect(await light.evaluate(({ readyState }) => readyState)).toBe('live');
    await go(page, 'History');
    expect(await light.evaluate(({ readyState }) => readyState)).toBe('ended');
    expect(await cameraOf(page)).toBe('NotAllowedError');
    expect(errors).toEqual([]);
  },
  10 * MINUTE,
);

const recorded = (page: Page, what: MediaStreamConstraints): Promise<string> =>
  page.evaluate(
    (wanted) =>
      navigator.mediaDevices.getUserMedia(wanted).then(
        () => 'granted',
        (error: Error) => error.name,
      ),
    what,
  );
const cameraOf = (page: Page) => recorded(page, { video: true });
const soundOf = (page: Page) => recorded(page, { audio: true });
