// Compiles the binding over the unpacked libraries, or takes the one a release ships for exactly these sources.
import { execFile } from 'node:child_process';
import { copyFile, writeFile } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { promisify } from 'node:util';
import type { NativeKind } from '#shared/engine';
import { FailureError } from '#shared/failure';
import { findCompiler, NO_COMPILER } from './compiler';
import { BINDING_FILE } from './locate';
import { BASE_FLAGS, nativeRoot, packageFile, prebuiltBinding, readSourceList } from './native-sources';

const run = promisify(execFile);
const LIBRARIES = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'];

/** Writes tfjs_binding.node into `folder`, which already has lib/. */
export async function buildBinding(kind: NativeKind, folder: string, include: string, signal: AbortSignal): Promise<void> {
  const output = join(folder, BINDING_FILE);
  const prebuilt = prebuiltBinding(kind);
  if (prebuilt) return copyFile(prebuilt, output);
  const compiler = await findCompiler(signal);
  if (!compiler) throw new FailureError({ kind: 'engine-install', problem: NO_COMPILER });
  try {
    await run(compiler, compilerArguments(folder, include, output), { signal, maxBuffer: 64 << 20 });
  } catch (error) {
    signal.throwIfAborted();
    await failedBuild(error, compiler, `${folder}.log`);
  }
}

export function compilerArguments(folder: string, include: string, output: string): string[] {
  const root = nativeRoot();
  const { sources, package: packaged, flags } = readSourceList(root);
  const files = [...sources.map((name) => join(root, name)), ...packaged.map(packageFile)];
  const ours = [root, ...new Set(packaged.map((name) => dirname(packageFile(name))))];
  return [
    ...BASE_FLAGS,
    ...ours.map((path) => `-I${path}`),
    // System headers: their warnings are not ours to read.
    ...[dirname(packageFile('node-api-headers/include/node_api.h')), include].flatMap((path) => ['-isystem', path]),
    ...files.filter((file) => ['.cc', '.cpp'].includes(extname(file))),
    ...['-o', output, `-L${join(folder, 'lib')}`],
    ...LIBRARIES.map((name) => `-l:${name}`),
    ...flags,
  ];
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
