// An imported table, opened: its manifest, its targets and keys in memory, its rows by index from memory or by range from the disk.
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { TableManifest } from '#shared/table';
import { readManifest } from '../manifest';
import { invalid, SAMPLES_FILE } from '../version-files';
import { IN_MEMORY_BYTES } from '../packed-dataset';
import { PackedSamples } from '../packed-samples';
import { ROWS_FILE, TARGETS_FILE } from './import-table';

export class PackedTable {
  /** The samples are this object's to close. */
  constructor(
    readonly folder: string,
    readonly manifest: TableManifest,
    /** A class's place or a value, row by row. */
    readonly targets: Float64Array,
    /** Line in the file, and two words to draw by, row by row. */
    readonly places: Uint32Array,
    private readonly samples: PackedSamples,
  ) {}

  /** float32, a row after another in the order asked for; `into` may be longer, its start is returned. */
  read(indices: Int32Array | readonly number[], into?: Float32Array): Float32Array {
    const out =
      into?.subarray(0, indices.length * this.manifest.columns.length) ?? new Float32Array(indices.length * this.manifest.columns.length);
    this.samples.read(indices, new Uint8Array(out.buffer, out.byteOffset, out.byteLength));
    return out;
  }

  close(): void {
    this.samples.close();
  }
}

/** Manifest and sizes are verified. @throws FailureError dataset-missing, dataset-invalid */
export async function openTable(folder: string, inMemoryBytes = IN_MEMORY_BYTES): Promise<PackedTable> {
  const manifest = await readManifest(folder);
  if (manifest.kind !== 'table') throw invalid(folder, 'it holds no table.');
  const { count, columns, labels, task } = manifest;
  const place = { folder, count, sampleBytes: 4 * columns.length };
  const [, targets, places] = await Promise.all([
    proveSize(folder, SAMPLES_FILE, count * place.sampleBytes),
    readWhole(folder, TARGETS_FILE, 8 * count),
    readWhole(folder, ROWS_FILE, 12 * count),
  ]);
  const values = new Float64Array(targets);
  if (task === 'classification' && values.some((target) => !(Number.isInteger(target) && target >= 0 && target < labels.length))) {
    throw invalid(folder, 'its targets.bin holds a class that is not in its manifest. Import the table again.');
  }
  return new PackedTable(folder, manifest, values, new Uint32Array(places), new PackedSamples(place, inMemoryBytes));
}

async function proveSize(folder: string, name: string, expected: number): Promise<void> {
  const found = await stat(join(folder, name)).then(
    ({ size }) => size,
    () => undefined,
  );
  if (found === undefined) throw invalid(folder, `its ${name} is missing. Import the table again.`);
  if (found !== expected) throw invalid(folder, `its ${name} has ${found} bytes instead of ${expected}. Import the table again.`);
}

async function readWhole(folder: string, name: string, expected: number): Promise<ArrayBuffer> {
  await proveSize(folder, name, expected);
  const bytes = await readFile(join(folder, name));
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
}
