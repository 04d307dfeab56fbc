// npm run kernels: writes native/wasm, compiled, to src/trainer/wasm/kernels-binary.ts. That file is committed, so that building and
// running Overbatch needs no compiler; a test compiles the sources again and compares.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureDependencies } from './setup/dependencies.mjs';
import { root } from './setup/paths.mjs';
import { runCommand } from './setup/problem.mjs';

await runCommand(async () => {
  await ensureDependencies();
  const { compileKernels } = await import('./setup/kernels.mjs');
  const text = Buffer.from(await compileKernels()).toString('base64');
  const lines = ['// native/wasm, compiled: `npm run kernels` writes this file.', 'export const KERNELS_BASE64 =', `  '${text}';`, ''];
  await writeFile(join(root, 'src/trainer/wasm/kernels-binary.ts'), lines.join('\n'));
});
