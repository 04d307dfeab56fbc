// manifest.json of a version: written, read back, and not trusted until its parts fit together.
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import type { DatasetManifest, PackedPictures, PictureManifest } from '#shared/dataset';
import { FailureError, toFailure } from '#shared/failure';
import { MOST_MASK_CLASSES } from '#shared/mask-index';
import type { SegmentationManifest } from '#shared/segmentation';
import { TASKS, TableFormatSchema, UsedColumnsSchema, type TableManifest } from '#shared/table';
import { invalid } from './version-files';

export const MANIFEST_FILE = 'manifest.json';
const SPLITS = new Set(['train', 'validation', 'test', 'none']);

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
    throw invalid(folder, 'its manifest.json is damaged. Import the data again.');
  }
  const problem = problemOf(value as Partial<DatasetManifest> | null);
  if (problem) throw invalid(folder, `its manifest.json ${problem}. Import the data again.`);
  return value as DatasetManifest;
}

/** @throws FailureError dataset-invalid for data of another kind */
export function packedPictures(folder: string, manifest: DatasetManifest): PictureManifest | SegmentationManifest {
  if (manifest.kind === 'table') throw invalid(folder, 'it holds no pictures.');
  return manifest;
}

/** @throws FailureError dataset-invalid for data of another kind */
export function picturesOnly(folder: string, manifest: DatasetManifest): PictureManifest {
  const pictures = packedPictures(folder, manifest);
  if (pictures.kind !== 'image-classes')
    throw invalid(folder, 'its pictures have masks, and classes are asked for here. Choose a data set of pictures with a class each.');
  return pictures;
}

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
const isSide = (value: unknown): boolean => Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 1024;

function problemOf(manifest: Partial<DatasetManifest> | null): string | undefined {
  if (typeof manifest !== 'object' || manifest === null) return 'is no manifest';
  if (manifest.format !== 1) return `has format ${String(manifest.format)}; this Overbatch knows format 1`;
  const { labels, count, contentHash, name, leftOut, ownSplit } = manifest;
  if (typeof name !== 'string' || typeof contentHash !== 'string' || !/^[0-9a-f]{64}$/.test(contentHash))
    return 'gives no name or content hash';
  if (typeof ownSplit !== 'boolean' || !Array.isArray(leftOut) || !isCount(count)) return 'is incomplete';
  if (!Array.isArray(labels) || labels.some((label) => typeof label !== 'string')) return 'gives no labels';
  switch (manifest.kind) {
    case 'image-classes':
      return pictureProblem(manifest, labels);
    case 'segmentation':
      return pictureProblem(manifest, labels) ?? maskProblem(manifest, labels);
    case 'table':
      return tableProblem(manifest, labels);
    case undefined:
      return 'does not say of what kind the data is';
    default:
      return `describes "${String((manifest as { kind: unknown }).kind)}"; this Overbatch knows "image-classes", "segmentation" and "table"`;
  }
}

function pictureProblem(manifest: Partial<PackedPictures>, labels: string[]): string | undefined {
  const { samples, width, height, channels, count, rule, departed } = manifest;
  if (rule !== undefined && rule !== 2) return `follows rule ${String(rule)}; this Overbatch knows rule 2`;
  if (!isSide(width) || !isSide(height) || (channels !== 1 && channels !== 3)) return 'gives no valid picture size';
  if (labels.length === 0) return 'gives no labels';
  if (!Array.isArray(samples) || samples.length !== count) return `lists ${samples?.length ?? 0} samples and counts ${String(count)}`;
  if (departed !== undefined && !Array.isArray(departed)) return 'is incomplete';
  const wrong = samples.find((sample: unknown) => !isSample(sample, labels.length));
  return wrong === undefined ? undefined : `holds a sample without a known label: ${JSON.stringify(wrong)}`;
}

function maskProblem({ classes, coding, samples, rule }: Partial<SegmentationManifest>, labels: string[]): string | undefined {
  if (labels.length > MOST_MASK_CLASSES) return `names ${labels.length} classes; at most ${MOST_MASK_CLASSES} are known`;
  if (!Array.isArray(classes) || classes.length !== labels.length || (coding !== 'numbers' && coding !== 'colours'))
    return 'does not say what its masks mean';
  return rule === 2 && samples?.every(({ key }) => typeof key === 'string') ? undefined : 'gives samples without their keys';
}

function tableProblem({ columns, task, target, file }: Partial<TableManifest>, labels: string[]): string | undefined {
  if (!TASKS.some((known) => known === task) || typeof target !== 'string') return 'names no target';
  if ((task === 'classification') !== labels.length > 0) return 'gives no labels';
  const isFormat = v.is(TableFormatSchema, file);
  return isFormat && v.is(UsedColumnsSchema, columns) ? undefined : 'describes no columns';
}

function isSample(value: unknown, labels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { file, label, split } = value as Partial<PackedPictures['samples'][number]>;
  return typeof file === 'string' && Number.isInteger(label) && label! >= 0 && label! < labels && SPLITS.has(String(split));
}
