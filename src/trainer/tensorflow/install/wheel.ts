// The libraries of one kind of engine, from their wheels into a folder of their own that many builds of the binding share.
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { NativeKind } from '#shared/engine';
import { bytesBelow, requireSpace } from './disk-space';
import { fetchWheel } from './fetch-wheel';
import { partialFolder, wheelFolder } from './locate';
import { findDamage, readManifest, writeManifest } from './manifest';
import { CUDA_WHEELS, TENSORFLOW_VERSION, TENSORFLOW_WHEELS, type PinnedWheel } from './pins';
import type { Report } from './progress';
import { cudaWheels } from './requirements';
import { unpackedBytes, unpackWheel, type UnpackedFile } from './unpack-wheel';

/** What we keep of a TensorFlow wheel, as a multiple of its size (measured: 3.31 for the CPU's), and of NVIDIA's at most. */
const TENSORFLOW_GROWTH = 3.4;
const NVIDIA_GROWTH = 2.2;

export interface WheelOptions {
  /** Keep the headers: the binding will be compiled here. */
  headers: boolean;
  signal: AbortSignal;
  report: Report;
  /** By HTTPS even where pip is. */
  pip?: boolean;
}

export async function isWheelReady(kind: NativeKind, headers: boolean): Promise<boolean> {
  const manifest = await readManifest(wheelFolder(kind), 'wheel.json');
  if (!manifest || (headers && !manifest.headers)) return false;
  return (await findDamage(wheelFolder(kind), manifest)) === undefined;
}

/** Leaves wheelFolder(kind) complete. Interrupted, it goes on next time from the last whole file, and inside it where the server allows. */
export async function prepareWheel(kind: NativeKind, options: WheelOptions, tensorflow = TENSORFLOW_WHEELS[kind]): Promise<void> {
  const partial = partialFolder(kind);
  const unpacked = join(partial, 'unpacked');
  await requireSpace(partial, bytesNeeded(kind, tensorflow) - (await bytesBelow(partial)));
  await mkdir(unpacked, { recursive: true });
  const files = await fetchAndUnpack(tensorflow, partial, options);
  if (kind === 'cuda') {
    for (const wheel of cudaWheels(await readFile(join(unpacked, 'METADATA'), 'utf8'))) {
      files.push(...(await fetchAndUnpack(wheel, partial, { ...options, headers: false })));
    }
  }
  await writeManifest(unpacked, 'wheel.json', { kind, version: TENSORFLOW_VERSION, headers: options.headers }, files);
  await rm(wheelFolder(kind), { recursive: true, force: true });
  await rename(unpacked, wheelFolder(kind));
  await rm(partial, { recursive: true, force: true });
}

interface Done {
  sha256: string;
  headers: boolean;
  files: UnpackedFile[];
}

async function fetchAndUnpack(wheel: PinnedWheel, partial: string, options: WheelOptions): Promise<UnpackedFile[]> {
  const { headers, signal, report } = options;
  const unpacked = join(partial, 'unpacked');
  const note = join(partial, `${wheel.project}.json`);
  const before = await readDone(note);
  if (before?.sha256 === wheel.sha256 && (before.headers || !headers)) return before.files;

  const name = `${wheel.project} ${wheel.version}`;
  const file = await fetchWheel(wheel, join(partial, 'download'), {
    signal,
    pip: options.pip,
    onBytes: (done) => report('download', `Downloading ${name}`, Math.min(done, wheel.bytes), wheel.bytes),
  });
  const total = await unpackedBytes(file, headers);
  const files = await unpackWheel(file, unpacked, {
    headers,
    signal,
    onBytes: (done) => report('unpack', `Unpacking ${name}`, done, total),
  });
  const done: Done = { sha256: wheel.sha256, headers, files };
  await writeFile(note, JSON.stringify(done));
  // Two copies of everything would fill small disks.
  await rm(file);
  return files;
}

/** Everything that stays, and the largest wheel beside it while it is unpacked. */
function bytesNeeded(kind: NativeKind, tensorflow: PinnedWheel): number {
  const nvidia = kind === 'cuda' ? CUDA_WHEELS.map(({ bytes }) => bytes) : [];
  const kept = TENSORFLOW_GROWTH * tensorflow.bytes + NVIDIA_GROWTH * nvidia.reduce((sum, bytes) => sum + bytes, 0);
  return Math.ceil(kept + Math.max(tensorflow.bytes, ...nvidia));
}

async function readDone(note: string): Promise<Done | undefined> {
  try {
    return JSON.parse(await readFile(note, 'utf8')) as Done;
  } catch {
    return undefined;
  }
}
