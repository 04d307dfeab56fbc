// Compiles the binding over the unpacked libraries, or takes the one a release ships for exactly these sources.
import { execFile } from 'node:child_process';
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { dirname, extname, join } from 'node:path';
import { promisify } from 'node:util';
import type { NativeKind } from '#shared/engine';
import { FailureError } from '#shared/failure';
import { cudaLinkFlags } from './cuda-libraries';
import { findCompiler, NO_COMPILER } from './compiler';
import { BINDING_FILE } from './locate';
import { COMPILE_FLAGS, LINK_FLAGS, nativeRoot, packageFile, prebuiltBinding, readSourceList } from './native-sources';

const run = promisify(execFile);
/** Each takes up to 1 GB. */
const MOST_AT_ONCE = 4;

interface BuildOptions {
  /** TensorFlow's headers. */
  include: string;
  signal: AbortSignal;
  onFile(done: number, total: number): void;
}

/** Writes tfjs_binding.node into `folder`, which already has lib/. */
export async function buildBinding(kind: NativeKind, folder: string, options: BuildOptions): Promise<void> {
  const output = join(folder, BINDING_FILE);
  const prebuilt = prebuiltBinding(kind);
  if (prebuilt) return copyFile(prebuilt, output);
  const compiler = await findCompiler(options.signal);
  if (!compiler) throw new FailureError({ kind: 'engine-install', problem: NO_COMPILER });
  const objects = join(folder, 'objects');
  await mkdir(objects);
  try {
    await compileAndLink(compiler, objects, output, options);
  } catch (error) {
    options.signal.throwIfAborted();
    await failedBuild(error, compiler, `${folder}.log`);
  }
  await rm(objects, { recursive: true });
}

async function compileAndLink(compiler: string, objects: string, output: string, { include, signal, onFile }: BuildOptions): Promise<void> {
  const { files, includes, flags } = buildInputs();
  const folder = dirname(output);
  // The first failure ends the others too.
  const control = new AbortController();
  const stop = (): void => control.abort();
  signal.addEventListener('abort', stop);
  const execute = (args: string[]) => run(compiler, args, { signal: control.signal, maxBuffer: 64 << 20 });
  const object = (i: number): string => join(objects, `${i}.o`);
  let next = 0;
  let done = 0;
  const work = async (): Promise<void> => {
    for (let i = next++; i < files.length; i = next++) {
      // System headers: their warnings are not ours to read.
      await execute([
        ...COMPILE_FLAGS,
        ...flags,
        ...includes.flatMap((path) => ['-I', path]),
        '-isystem',
        include,
        '-c',
        files[i],
        '-o',
        object(i),
      ]);
      onFile(++done, files.length);
    }
  };
  try {
    onFile(0, files.length);
    const atOnce = Math.min(cpus().length, MOST_AT_ONCE, files.length);
    await Promise.all(Array.from({ length: atOnce }, work));
    await execute([
      ...files.map((_, i) => object(i)),
      '-o',
      output,
      `-L${join(folder, 'lib')}`,
      ...LINK_FLAGS,
      ...cudaLinkFlags(folder),
      ...flags,
    ]);
  } finally {
    stop();
    signal.removeEventListener('abort', stop);
  }
}

function buildInputs(): { files: string[]; includes: string[]; flags: string[] } {
  const root = nativeRoot();
  const { sources, package: packaged, flags } = readSourceList(root);
  const files = [...sources.map((name) => join(root, name)), ...packaged.map(packageFile)];
  const nodeApi = packageFile('node-api-headers/include/node_api.h');
  return {
    files: files.filter((file) => ['.cc', '.cpp'].includes(extname(file))),
    includes: [...new Set([root, ...packaged.map(packageFile).map((file) => dirname(file)), dirname(nodeApi)])],
    flags,
  };
}

async function failedBuild(error: unknown, compiler: string, log: string): Promise<never> {
  const text = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
  await writeFile(log, text);
  const first = /^.*\b(?:error|undefined reference)\b.*$/m.exec(text)?.[0].trim() ?? text.trim().slice(0, 200);
  const isKilled = /Killed signal|killed/i.test(text) || (error instanceof Error && 'signal' in error && error.signal === 'SIGKILL');
  const problem = isKilled
    ? `${compiler} was ended by the system while it built the engine, most likely for want of memory (about 1 GB is needed). Close other programs and install again; the download is kept.`
    : `${compiler} could not build the engine (${first}). The whole text is in ${log}; the download is kept. A newer compiler may help: GCC 9 or Clang 10 at least.`;
  throw new FailureError({ kind: 'engine-install', problem });
}
