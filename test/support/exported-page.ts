// The page of exports as it ships, and where the trainer finds it: the built one, or where the sources are newer, built once for a test file.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { buildExportedPage, PAGE_FILE } from '../../scripts/exported-page.mjs';
import { isBuilt } from '../../scripts/setup/build.mjs';

const BUILT = join(import.meta.dirname, '../../out/main', PAGE_FILE);

export function withExportedPage(): void {
  const folder = mkdtempSync(join(tmpdir(), 'overbatch-page-'));
  beforeAll(async () => {
    const isThere = await isBuilt();
    const file = isThere ? BUILT : join(folder, PAGE_FILE);
    if (!isThere) writeFileSync(file, JSON.stringify(await buildExportedPage()));
    process.env.OVERBATCH_EXPORTED_PAGE = file;
  }, 120_000);
  afterAll(() => {
    delete process.env.OVERBATCH_EXPORTED_PAGE;
    rmSync(folder, { recursive: true, force: true });
  });
}
