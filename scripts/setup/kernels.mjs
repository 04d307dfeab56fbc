// Compiles native/wasm, our WebAssembly kernels (AssemblyScript).
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import asc from 'assemblyscript/asc';
import { root } from './paths.mjs';
import { Problem } from './problem.mjs';

const BINARY = 'kernels.wasm';
const OPTIONS = ['--optimizeLevel', '3', '--shrinkLevel', '0', '--noAssert', '--runtime', 'stub', '--importMemory', '--enable', 'simd'];

/** @param {string} name of a file in native/wasm */
const source = (name) => readFile(join(root, 'native/wasm', name), 'utf8');

/**
 * @param {(name: string) => Promise<string>} read
 * @returns {Promise<Uint8Array>} the program; it takes its memory from env.memory and keeps nothing in it
 */
export async function compileKernels(read = source) {
  /** @type {Uint8Array | undefined} */
  let binary;
  const { error, stderr } = await asc.main(['index.ts', '--outFile', BINARY, ...OPTIONS], {
    readFile: (name) => read(name).catch(() => null),
    writeFile: (name, contents) => {
      if (name === BINARY && typeof contents !== 'string') binary = contents;
    },
    listFiles: () => [],
  });
  if (error || !binary) throw new Problem(`The kernels do not compile. Correct what is named here:\n${stderr.toString()}`);
  return binary;
}
