// A wheel small enough for a test: two real shared libraries of the names TensorFlow's have, packed as a zip.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import type { PinnedWheel } from '#trainer/tensorflow/install/pins';

export const TINY_VERSION = '2.21.0-tiny';

/** A zip of files, deflated unless `stored`. */
export function zip(files: Record<string, Buffer | string>, stored = false): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(files)) {
    const bytes = Buffer.from(content);
    const packed = stored ? bytes : deflateRawSync(bytes);
    const path = Buffer.from(name);
    const header = Buffer.alloc(30);
    header.writeUInt32LE(0x04034b50, 0);
    header.writeUInt16LE(stored ? 0 : 8, 8);
    header.writeUInt32LE(packed.length, 18);
    header.writeUInt32LE(bytes.length, 22);
    header.writeUInt16LE(path.length, 26);
    const row = Buffer.alloc(46);
    row.writeUInt32LE(0x02014b50, 0);
    header.copy(row, 6, 4, 30);
    row.writeUInt32LE(offset, 42);
    parts.push(header, path, packed);
    directory.push(row, path);
    offset += header.length + path.length + packed.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Object.keys(files).length, 8);
  end.writeUInt16LE(Object.keys(files).length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, list, end]);
}

export function pinOf(bytes: Buffer, file = 'tensorflow_cpu-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl'): PinnedWheel {
  const [name, version] = file.split('-');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { project: name.replaceAll('_', '-'), version, file, bytes: bytes.length, sha256 };
}

/** `padding` bytes that do not compress make the download long enough to interrupt. */
export function tinyWheel(padding = 0, more: Record<string, Buffer> = {}): Buffer {
  return zip({
    'tensorflow/libtensorflow_cc.so.2': sharedLibrary(
      `extern "C" const char* tiny_version() { return "${TINY_VERSION}"; }`,
      'libtensorflow_cc.so.2',
    ),
    'tensorflow/libtensorflow_framework.so.2': sharedLibrary(
      'extern "C" int tiny_framework() { return 1; }',
      'libtensorflow_framework.so.2',
    ),
    'tensorflow/include/tensorflow/c/c_api.h': '// a header',
    'tensorflow/include/external/llvm/unused.h': '// not kept',
    'tensorflow/python/unused.py': 'pass',
    'tensorflow/THIRD_PARTY_NOTICES.txt': noise(padding),
    'tensorflow_cpu-2.21.0.dist-info/METADATA': 'Name: tensorflow_cpu\n',
    ...more,
  });
}

/** Linked with a name of its own, as NVIDIA's are. */
export function sharedLibrary(source: string, name: string): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'overbatch-tiny-'));
  try {
    const output = join(folder, name);
    writeFileSync(join(folder, 'library.cc'), source);
    execFileSync('g++', ['-shared', '-fPIC', `-Wl,-soname,${name}`, '-o', output, join(folder, 'library.cc')]);
    return readFileSync(output);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function noise(bytes: number): Buffer {
  const blocks = Array.from({ length: Math.ceil(bytes / 32) }, (_, i) => createHash('sha256').update(String(i)).digest());
  return Buffer.concat(blocks).subarray(0, bytes);
}
