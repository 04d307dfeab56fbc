// With no network at all the app opens as always.
import { expect, test } from 'vitest';
import { launchApp } from '../launch';
import { expectNoNetwork } from './no-network';

test('no network is there, and the window opens', async ({ skip }) => {
  await expectNoNetwork(skip);
  const { page, errors } = await launchApp();
  expect(await page.title()).toContain('Overbatch');
  expect(errors).toEqual([]);
});
