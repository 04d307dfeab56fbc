// Takes out of a wheel what an engine needs: the libraries, and the headers a binding can include.
import { createHash } from 'node:crypto';
import { mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { FailureError } from '#shared/failure';
import { openEntry, readEntries, type ZipEntry } from './zip';

export interface UnpackedFile {
  /** Relative to the engine's folder, with '/'. */
  path: string;
  bytes: number;
  sha256: string;
}

/** Headers of TensorFlow's compilers and third parties: 215 of 268 MB, and no public header of the runtime reaches them. */
const UNUSED_HEADERS =
  /^(external\/|tensorflow\/compiler\/|xla\/mlir|xla\/service\/|xla\/backends\/|google\/protobuf\/_virtual_includes\/)/;
const LIBRARIES = /^tensorflow\/(libtensorflow_(?:cc|framework)\.so\.2)$/;

/** Where an entry goes, relative to the engine's folder; undefined for what is not needed. */
export function destination(name: string, headers: boolean): string | undefined {
  const library = LIBRARIES.exec(name);
  if (library) return `lib/${library[1]}`;
  if (name === 'tensorflow/THIRD_PARTY_NOTICES.txt') return 'THIRD_PARTY_NOTICES.txt';
  if (/^tensorflow(_cpu)?-[^/]+\.dist-info\/METADATA$/.test(name)) return 'METADATA';
  if (headers && name.startsWith('tensorflow/include/')) {
    const header = name.slice('tensorflow/include/'.length);
    return UNUSED_HEADERS.test(header) ? undefined : `include/${header}`;
  }
  // NVIDIA's wheels: what runs, where TensorFlow's own run path looks for it.
  if (name.startsWith('nvidia/') && !/\/include\/|\.(a|py|pyi|h)$/.test(name)) return name;
  return undefined;
}

/** What unpacking will write, for the look at the free space. */
export async function unpackedBytes(wheel: string, headers: boolean): Promise<number> {
  return (await readEntries(wheel)).reduce((sum, { name, bytes }) => sum + (destination(name, headers) ? bytes : 0), 0);
}

/** Writes the needed entries below `into`; the libraries come back with their hashes (headers are many and not checked again). */
export async function unpackWheel(
  wheel: string,
  into: string,
  { headers, signal, onBytes }: { headers: boolean; signal: AbortSignal; onBytes(done: number): void },
): Promise<UnpackedFile[]> {
  const files: UnpackedFile[] = [];
  let done = 0;
  for (const entry of await readEntries(wheel)) {
    const path = destination(entry.name, headers);
    if (path === undefined) continue;
    signal.throwIfAborted();
    const before = done;
    const isHeader = path.startsWith('include/');
    const target = join(into, path);
    const sha256 = await writeEntry(wheel, entry, target, { signal, flush: !isHeader, onBytes: (n) => onBytes((done = before + n)) });
    if (!isHeader) files.push({ path, bytes: entry.bytes, sha256 });
  }
  return files;
}

/** Returns the SHA-256 of what was written. */
async function writeEntry(
  wheel: string,
  entry: ZipEntry,
  target: string,
  { signal, flush, onBytes }: { signal: AbortSignal; flush: boolean; onBytes(written: number): void },
): Promise<string> {
  await mkdir(dirname(target), { recursive: true });
  const out = await open(target, 'w');
  const hash = createHash('sha256');
  let written = 0;
  try {
    if (entry.bytes > 0) {
      for await (const part of (await openEntry(wheel, entry)) as AsyncIterable<Buffer>) {
        signal.throwIfAborted();
        hash.update(part);
        await out.writeFile(part);
        onBytes((written += part.length));
      }
    }
    // A rename may reach the disk before the bytes do: a library must be there before its folder gets its name.
    if (flush) await out.sync();
  } finally {
    await out.close();
  }
  if (written !== entry.bytes) {
    const problem = `${entry.name} in ${wheel} has ${written} bytes instead of ${entry.bytes}. Delete that file and install again.`;
    throw new FailureError({ kind: 'engine-install', problem });
  }
  return hash.digest('hex');
}
