// Every model trains an epoch from the command line, on data that suits it and in a budget that forces micro-batches; the large ones
// narrower on WebAssembly. Wants a build.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MODEL_NAMES } from '#shared/run-spec';
import { CATALOGUE_DATA } from '#test/support/catalogue-data';
import { engineIsInstalled } from '#test/support/tensorflow';
import { temporaryFolder } from '#test/support/temporary-folder';
import { theEvent, trainCli } from '#test/support/train-cli';

/** Fewest micro-batches of every mini-batch. */
const PIECES = 4;

describe.each(['tensorflow-cpu', 'wasm'] as const)('on %s', (engine) => {
  const isHere = engine === 'wasm' || engineIsInstalled();

  it.skipIf(!isHere).each(MODEL_NAMES)('%s trains an epoch in four micro-batches or more, and is there afterwards', async (model) => {
    const { data, batch, width } = CATALOGUE_DATA[model];
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
    const ended = await trainCli([...run, ...on, '--budget', `${budget}B`, '--out', out]);
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
