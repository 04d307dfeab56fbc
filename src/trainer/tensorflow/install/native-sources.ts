// The C++ that becomes the binding: which files native/sources.json names, and the hash that tells one build from another.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ENGINE_LABELS, type NativeKind } from '#shared/engine';
import { FailureError } from '#shared/failure';
import { CUDA_LIBRARIES } from './cuda-libraries';

/** native/sources.json: what to compile (relative to native/, or to a package's root) and the flags besides ours. */
interface SourceList {
  sources: string[];
  package: string[];
  flags: string[];
}

/** Flags of every compilation; C++17 is what TensorFlow's wheels were built with. */
export const COMPILE_FLAGS = [
  ...['-std=c++17', '-O2', '-fPIC'],
  ...['-DNAPI_VERSION=8', '-DNODE_GYP_MODULE_NAME=tfjs_binding', '-DBUILDING_NODE_EXTENSION'],
];

/** Libraries are found in lib/ beside the binding, wherever the cache is moved to. */
export const LINK_FLAGS = ['-shared', '-Wl,-rpath,$ORIGIN/lib', '-l:libtensorflow_cc.so.2', '-l:libtensorflow_framework.so.2'];

const here = dirname(fileURLToPath(import.meta.url));

/** native/ of the repository, or of the packaged app's resources; OVERBATCH_NATIVE names another. */
export function nativeRoot(): string {
  const places = process.env.OVERBATCH_NATIVE ? [process.env.OVERBATCH_NATIVE] : ownPlaces();
  const found = places.find((folder) => existsSync(join(folder, 'sources.json')));
  if (found) return found;
  throw new FailureError({
    kind: 'engine-install',
    problem: 'The sources of the native engine (native/sources.json) are missing from this copy of Overbatch. Install Overbatch again.',
  });
}

function ownPlaces(): string[] {
  const places = 'resourcesPath' in process ? [join(String(process.resourcesPath), 'native')] : [];
  // From src/ and from out/ alike: the nearest native/ above this file.
  for (let folder = here; folder !== dirname(folder); folder = dirname(folder)) places.push(join(folder, 'native'));
  return places;
}

export function readSourceList(root = nativeRoot()): SourceList {
  return JSON.parse(readFileSync(join(root, 'sources.json'), 'utf8')) as SourceList;
}

/** Absolute path of a file named by its package, e.g. @tensorflow/tfjs-node/binding/tfjs_binding.cc. */
export function packageFile(name: string): string {
  const parts = name.split('/');
  const inPackage = parts.splice(name.startsWith('@') ? 2 : 1);
  const manifest = createRequire(import.meta.url).resolve(`${parts.join('/')}/package.json`);
  return join(dirname(manifest), ...inPackage);
}

/** Twelve hex digits over every C++ file the build can see and every flag. A packaged app has them without the C++. */
export function nativeHash(): string {
  const root = nativeRoot();
  const kept = packagedBinding(root)?.hash;
  if (kept) return kept;
  const list = readSourceList(root);
  const files = [...cppFiles(root), ...[...new Set(list.package.map((name) => dirname(packageFile(name))))].flatMap(cppFiles)];
  const hash = createHash('sha256').update(JSON.stringify([COMPILE_FLAGS, LINK_FLAGS, CUDA_LIBRARIES, list]));
  for (const file of files) hash.update('\0').update(readFileSync(file));
  return hash.digest('hex').slice(0, 12);
}

/** A binding built beforehand for exactly these sources (releases ship one): no compiler is needed then. */
export function prebuiltBinding(kind: NativeKind): string | undefined {
  const file = join(nativeRoot(), 'prebuilt', `tfjs_binding-${kind}-${nativeHash()}.node`);
  return existsSync(file) ? file : undefined;
}

/** In a packaged app, in place of the C++: the digits of what the binding was built of, and the C library it needs, e.g. [2, 34]. */
export interface PackagedBinding {
  hash: string;
  glibc: [number, number];
}

export function packagedBinding(root = nativeRoot()): PackagedBinding | undefined {
  const file = join(root, 'packaged.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as PackagedBinding) : undefined;
}

/** One sentence where neither the binding nor what it is built of is in the packaged app. */
export function missingFromPackage(kind: NativeKind): string | undefined {
  if (!packagedBinding() || prebuiltBinding(kind)) return undefined;
  return `This copy of Overbatch was packaged without the engine “${ENGINE_LABELS[`tensorflow-${kind}`]}”. Use another engine, or a copy that has it.`;
}

function cppFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return cppFiles(path);
      return ['.cc', '.cpp', '.h', '.hpp'].includes(extname(entry.name)) ? [path] : [];
    });
}
