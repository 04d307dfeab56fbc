// What exports are made of beside the model: the built page, and TF.js' WebAssembly program as it was installed.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Programs } from '#exports/exporter';
import { FailureError } from '#shared/failure';
import { wasmPackageFolder } from '../wasm/module';

/** Written by scripts/exported-page.mjs when Overbatch is built. */
const PAGE = 'exported-page.json';

/** Beside the program that runs, or above its chunks. OVERBATCH_EXPORTED_PAGE names another. */
function pageFile(): string | undefined {
  const here = dirname(fileURLToPath(import.meta.url));
  return [process.env.OVERBATCH_EXPORTED_PAGE, join(here, PAGE), join(here, '..', PAGE)].find(
    (path) => path !== undefined && existsSync(path),
  );
}

/** @throws FailureError bad-setting where this copy of Overbatch was not built whole */
export async function readPrograms(): Promise<Programs> {
  const file = pageFile();
  if (file === undefined) {
    throw new FailureError({ kind: 'bad-setting', problem: 'The page for exports is missing. Build or install Overbatch again.' });
  }
  const page = JSON.parse(await readFile(file, 'utf8')) as Omit<Programs, 'wasm'>;
  return { ...page, wasm: await readFile(join(wasmPackageFolder(), 'wasm-out', 'tfjs-backend-wasm-simd.wasm')) };
}
