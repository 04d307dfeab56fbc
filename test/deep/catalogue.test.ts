// Every model trains an epoch from the command line, on data that suits it and in a budget that forces micro-batches; the large ones
// narrower on WebAssembly. Wants a build.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { randomStream } from '#engine/random';
import { MODEL_NAMES, type CatalogueName } from '#shared/run-spec';
import { maskFolder } from '#test/support/masks';
import { pngBytes, writeAt } from '#test/support/pictures';
import { engineIsInstalled } from '#test/support/tensorflow';
import { temporaryFolder } from '#test/support/temporary-folder';
import { theEvent, trainCli } from '#test/support/train-cli';

/** Fewest micro-batches of every mini-batch. */
const PIECES = 4;

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

interface Entry {
  data(): string;
  batch: number;
  /** On WebAssembly. */
  width?: number;
}
const digits: Entry = { data: () => 'sample:digits', batch: 256 };
const rows: Entry = { data: table, batch: 1024 };
const masks: Entry = { data: () => maskFolder({ count: 40, width: 32, height: 32, classes: 3 }), batch: 32 };
const pictures = (side: number, more: Partial<Entry> = {}): Entry => ({ data: () => photos(side, 3), batch: 48, ...more });

const ENTRIES: Record<CatalogueName, Entry> = {
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

describe.each(['tensorflow-cpu', 'wasm'] as const)('on %s', (engine) => {
  const isHere = engine === 'wasm' || engineIsInstalled();

  it.skipIf(!isHere).each(MODEL_NAMES)('%s trains an epoch in four micro-batches or more, and is there afterwards', async (model) => {
    const { data, batch, width } = ENTRIES[model];
    const source = data();
    const narrow = engine === 'wasm' && width !== undefined ? ['--width', String(width)] : [];
    // Plain SGD: with it the largest need is that of a piece, not that of the update.
    const run = ['--data', source, '--model', model, ...narrow, '--batch', String(batch), '--epochs', '1', '--optimizer', 'sgd'];
    const on = ['--lr', '0.01', '--engine', engine, '--json'];
    const quarter = await trainCli([...run, ...on, '--micro', String(batch / PIECES), '--out', temporaryFolder()], {
      onEvent: (event, kill) => event.kind === 'planned' && kill('SIGINT'),
    });
    const budget = theEvent(quarter, 'planned').plan.peakBytes;

    const out = temporaryFolder();
    const ended = await trainCli([...run, ...on, '--budget', String(budget), '--out', out]);
    expect(ended.stderr).not.toMatch(/Error/);
    expect(ended.code).toBe(0);
    const { plan } = theEvent(ended, 'planned');
    expect(plan.pieces.length).toBeGreaterThanOrEqual(PIECES);
    const { train, memory } = theEvent(ended, 'finished');
    expect(Number.isFinite(train.loss)).toBe(true);
    expect(memory.peakBytes).toBeLessThanOrEqual(budget);
    expect(existsSync(join(out, 'weights.bin'))).toBe(true);
    const { parameters } = theEvent(ended, 'started');
    console.log(`${model} on ${engine}: ${parameters} parameters, ${plan.pieces.length} pieces in ${(budget / 1e6).toFixed(1)} MB`);
  });
});
