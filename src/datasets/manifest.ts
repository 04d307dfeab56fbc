// manifest.json of a version: written, read back, and not trusted until its parts fit together.
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatasetManifest } from '#shared/dataset';
import { FailureError, toFailure } from '#shared/failure';

export const MANIFEST_FILE = 'manifest.json';
export const SAMPLES_FILE = 'samples.bin';
const SPLITS = new Set(['train', 'validation', 'test', 'none']);

export const sampleBytes = ({ width, height, channels }: Pick<DatasetManifest, 'width' | 'height' | 'channels'>): number =>
  width * height * channels;

export async function writeManifest(folder: string, manifest: DatasetManifest): Promise<void> {
  const file = await open(join(folder, MANIFEST_FILE), 'w');
  try {
    await file.writeFile(JSON.stringify(manifest));
    await file.sync();
  } finally {
    await file.close();
  }
}

/** @throws FailureError dataset-missing, dataset-invalid */
export async function readManifest(folder: string): Promise<DatasetManifest> {
  let text: string;
  try {
    text = await readFile(join(folder, MANIFEST_FILE), 'utf8');
  } catch (error) {
    if (toFailure(error).kind === 'no-permission') throw invalid(folder, 'its manifest.json may not be read. Change its permissions.');
    throw new FailureError({ kind: 'dataset-missing', path: folder });
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalid(folder, 'its manifest.json is damaged. Import the pictures again.');
  }
  const problem = problemOf(value as Partial<DatasetManifest> | null);
  if (problem) throw invalid(folder, `its manifest.json ${problem}. Import the pictures again.`);
  return value as DatasetManifest;
}

export const invalid = (folder: string, problem: string) => new FailureError({ kind: 'dataset-invalid', path: folder, problem });

const isSide = (value: unknown): boolean => Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 1024;

function problemOf(manifest: Partial<DatasetManifest> | null): string | undefined {
  if (typeof manifest !== 'object' || manifest === null) return 'is no manifest';
  if (manifest.rule !== undefined && manifest.rule !== 2) return `follows rule ${String(manifest.rule)}; this Overbatch knows rule 2`;
  if (manifest.format !== 1) return `has format ${String(manifest.format)}; this Overbatch knows format 1`;
  if (manifest.kind !== 'image-classes') return `describes "${String(manifest.kind)}"; this Overbatch knows "image-classes"`;
  const { labels, samples, width, height, channels, count, contentHash, name, leftOut, ownSplit } = manifest;
  if (!isSide(width) || !isSide(height) || (channels !== 1 && channels !== 3)) return 'gives no valid picture size';
  if (typeof name !== 'string' || typeof contentHash !== 'string' || !/^[0-9a-f]{64}$/.test(contentHash))
    return 'gives no name or content hash';
  if (typeof ownSplit !== 'boolean' || !Array.isArray(leftOut)) return 'is incomplete';
  if (!Array.isArray(labels) || labels.length === 0 || labels.some((label) => typeof label !== 'string')) return 'gives no labels';
  if (!Array.isArray(samples) || samples.length !== count) return `lists ${samples?.length ?? 0} samples and counts ${String(count)}`;
  if (manifest.departed !== undefined && !Array.isArray(manifest.departed)) return 'is incomplete';
  const wrong = samples.find((sample: unknown) => !isSample(sample, labels.length));
  return wrong === undefined ? undefined : `holds a sample without a known label: ${JSON.stringify(wrong)}`;
}

function isSample(value: unknown, labels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { file, label, split } = value as Partial<DatasetManifest['samples'][number]>;
  return typeof file === 'string' && Number.isInteger(label) && label! >= 0 && label! < labels && SPLITS.has(String(split));
}
