// The reading thread as it is built for a release, made once for a test file and named to the code under test.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll } from 'vitest';

export function withSampleWorker(): void {
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'overbatch-worker-'));
    await build({
      configFile: false,
      logLevel: 'error',
      build: {
        ssr: true,
        target: 'node18',
        outDir: folder,
        emptyOutDir: false,
        rollupOptions: {
          input: { 'sample-worker': 'src/trainer/input/sample-worker.ts' },
          output: { format: 'cjs', entryFileNames: '[name].js' },
        },
      },
    });
    process.env.OVERBATCH_SAMPLE_WORKER = join(folder, 'sample-worker.js');
  }, 60_000);
  afterAll(() => {
    delete process.env.OVERBATCH_SAMPLE_WORKER;
    rmSync(folder, { recursive: true, force: true });
  });
}
