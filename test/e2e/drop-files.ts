// Drops real files or folders of this computer on a part of the page, as a person does from the file manager.
import type { Locator, Page } from 'playwright-core';

export async function dropFiles(page: Page, onto: Locator, files: string[]): Promise<void> {
  const box = await onto.boundingBox();
  if (!box) throw new Error('There is nothing to drop onto.');
  const devtools = await page.context().newCDPSession(page);
  const data = { items: [], files, dragOperationsMask: 1 };
  const place = { x: box.x + box.width / 2, y: box.y + box.height / 2, data };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) await devtools.send('Input.dispatchDragEvent', { type, ...place });
  await devtools.detach();
}
