// The page of exports as it ships, built once for a test file, and where the trainer finds it.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { buildExportedPage, PAGE_FILE } from '../../scripts/exported-page.mjs';

export function withExportedPage(): void {
  const folder = mkdtempSync(join(tmpdir(), 'overbatch-page-'));
  beforeAll(async () => {
    const file = join(folder, PAGE_FILE);
    writeFileSync(file, JSON.stringify(await buildExportedPage()));
    process.env.OVERBATCH_EXPORTED_PAGE = file;
  }, 120_000);
  afterAll(() => {
    delete process.env.OVERBATCH_EXPORTED_PAGE;
    rmSync(folder, { recursive: true, force: true });
  });
}
