// npm run kernels: writes our WebAssembly programs, compiled, into src. Those files are committed, so that building and running Overbatch needs
// no compiler; tests compile the sources again and compare.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureDependencies } from './setup/dependencies.mjs';
import { root } from './setup/paths.mjs';
import { runCommand } from './setup/problem.mjs';

await runCommand(async () => {
  await ensureDependencies();
  const { compileProgram, PROGRAMS } = await import('./setup/kernels.mjs');
  for (const { folder, file, name } of PROGRAMS) {
    const text = Buffer.from(await compileProgram(folder)).toString('base64');
    const lines = [`// ${folder}, compiled: \`npm run kernels\` writes this file.`, `export const ${name} =`, `  '${text}';`, ''];
    await writeFile(join(root, file), lines.join('\n'));
  }
});
