// For every model of the catalogue small data that suit it, and the batch that its proofs train with.
import { join } from 'node:path';
import { randomStream } from '#engine/random';
import type { CatalogueName } from '#shared/run-spec';
import { maskFolder } from './masks';
import { pngBytes, writeAt } from './pictures';
import { temporaryFolder } from './temporary-folder';

/** Three classes of noise of different brightness, grey or colour. */
function photos(side: number, channels: 1 | 3): string {
  const root = temporaryFolder();
  for (let i = 0; i < 60; i++)
    writeAt(root, join(`class-${i % 3}`, `${i}.png`), pngBytes({ width: side, height: side, channels, seed: i }));
  return root;
}

/** Rows of thirty numbers, enough of them that they weigh more than the model; the class is the last column, which is learnt. */
function table(): string {
  const random = randomStream(7);
  const columns = Array.from({ length: 30 }, (_, i) => `number ${i}`);
  const rows = Array.from({ length: 1400 }, () => columns.map(() => random().toFixed(4)));
  const lines = rows.map((row) => [...row, Number(row[0]) + Number(row[1]) > 1 ? 'high' : 'low'].join(','));
  return writeAt(temporaryFolder(), 'rows.csv', [[...columns, 'class'].join(','), ...lines].join('\n'));
}

export const DIGITS = 'sample:digits';

export interface CatalogueEntry {
  /** A folder, a file, or DIGITS. */
  data(): string;
  batch: number;
  /** On WebAssembly. */
  width?: number;
}
const digits: CatalogueEntry = { data: () => DIGITS, batch: 256 };
const rows: CatalogueEntry = { data: table, batch: 1024 };
const masks: CatalogueEntry = { data: () => maskFolder({ count: 40, width: 32, height: 32, classes: 3 }), batch: 32 };
const pictures = (side: number, more: Partial<CatalogueEntry> = {}): CatalogueEntry => ({
  data: () => photos(side, 3),
  batch: 48,
  ...more,
});

export const CATALOGUE_DATA: Record<CatalogueName, CatalogueEntry> = {
  'small-cnn': digits,
  mlp: rows,
  linear: rows,
  lenet: { data: () => photos(28, 1), batch: 48 },
  'resnet-8': pictures(32),
  'mobilenet-v2': pictures(64),
  'efficientnet-lite0': pictures(64),
  'resnet-18': pictures(64),
  'resnet-34': pictures(64),
  'resnet-50': pictures(64, { width: 0.25 }),
  'resnet-101': pictures(64, { width: 0.25 }),
  'amoebanet-d': pictures(64, { width: 0.125 }),
  'vit-tiny': pictures(64),
  'u-net': masks,
  'u-net-light': masks,
};
