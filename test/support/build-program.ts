// A program of ours as it ships, built once for a test file and run by Node, where the app runs it as Electron's utility process.
import { join } from 'node:path';
import { build, type Plugin } from 'vite';

const ROOT = join(__dirname, '..', '..');

/** Answers the program's path; below out/, so that packages are found. `plugins`: to put something of the test's in the place of something. */
export async function buildProgram(entry: string, name: string, plugins: Plugin[] = []): Promise<string> {
  const outDir = join(ROOT, 'out', `test-${name}`);
  await build({
    configFile: false,
    logLevel: 'error',
    root: ROOT,
    plugins,
    build: {
      ssr: join(ROOT, entry),
      target: 'node18',
      outDir,
      rollupOptions: { output: { format: 'cjs', entryFileNames: `${name}.cjs` } },
    },
  });
  return join(outDir, `${name}.cjs`);
}
