// Compiles our WebAssembly programs (AssemblyScript).
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import asc from 'assemblyscript/asc';
import { root } from './paths.mjs';
import { Problem } from './problem.mjs';

const BINARY = 'program.wasm';
const OPTIONS = ['--optimizeLevel', '3', '--shrinkLevel', '0', '--noAssert', '--runtime', 'stub', '--importMemory', '--enable', 'simd'];

/** A folder of sources, the committed file that holds them compiled, and the name they have in it. */
export const PROGRAMS = [
  { folder: 'native/wasm', file: 'src/trainer/wasm/kernels-binary.ts', name: 'KERNELS_BASE64' },
  { folder: 'native/pictures', file: 'src/datasets/resize/program.ts', name: 'PICTURES_BASE64' },
];

/**
 * @param {string} folder of PROGRAMS
 * @param {(name: string) => Promise<string>} read a file of it
 * @returns {Promise<Uint8Array>} the program; it takes its memory from env.memory and keeps nothing in it
 */
export async function compileProgram(folder, read = (name) => readFile(join(root, folder, name), 'utf8')) {
  /** @type {Uint8Array | undefined} */
  let binary;
  const { error, stderr } = await asc.main(['index.ts', '--outFile', BINARY, ...OPTIONS], {
    readFile: (name) => read(name).catch(() => null),
    writeFile: (name, contents) => {
      if (name === BINARY && typeof contents !== 'string') binary = contents;
    },
    listFiles: () => [],
  });
  if (error || !binary) throw new Problem(`${folder} does not compile. Correct what is named here:\n${stderr.toString()}`);
  return binary;
}
