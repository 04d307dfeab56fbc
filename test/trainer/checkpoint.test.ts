// Checkpoints: whole or not there, the two newest of this run and no others.
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { initialWeights } from '#engine/initialize';
import type { Snapshot } from '#engine/learner';
import { writeFolderAtomic } from '#trainer/atomic';
import { createOptimizer } from '#engine/optimizers';
import { checkpointNames, readCheckpoint, readHeader, readSnapshot, saveCheckpoint } from '#trainer/checkpoint';
import { DEFAULT_SPEC } from '#shared/run-spec';
import type { Plan } from '#shared/plan';
import { tinyNetwork } from '#test/support/tiny';

const network = tinyNetwork({ batchNorm: true });
const optimizer = createOptimizer('momentum');
const header = {
  spec: DEFAULT_SPEC,
  plan: { batch: 8, micro: 4, pieces: [4, 4] } as Plan,
  datasetHash: 'abc',
  datasetFolder: 'somewhere',
  epochTotals: { lossSum: 1.5, weightSum: 2, samples: 2, counts: [1, 2] },
  seconds: 3,
};

function snapshot(step: number): Snapshot {
  const weights = initialWeights(network, step);
  return { step, weights, slots: network.weights.map((w, i) => (w.trainable ? [weights[i].map((v) => v * 2)] : [])) };
}

/** Answers the folder, once those it takes the place of are gone. */
async function save(...checkpoint: Parameters<typeof saveCheckpoint>): Promise<string> {
  const { folder: written, cleared } = await saveCheckpoint(...checkpoint);
  await cleared;
  return written;
}

const RESULT = { train: { loss: 1, accuracy: 0.5, samples: 8 }, validation: { loss: 2, accuracy: 0.5, samples: 4 } };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'overbatch-checkpoint-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function edit(file: string, from: string, to: string): void {
  const text = readFileSync(file, 'utf8');
  expect(text).toContain(from);
  writeFileSync(file, text.replace(from, to));
}

function turnBit(file: string): void {
  const bytes = readFileSync(file);
  bytes[bytes.length >> 1] ^= 1;
  writeFileSync(file, bytes);
}

/** A changed header with hashes that fit: only its contents can tell. */
function signed(path: string, from: string, to: string): void {
  edit(join(path, 'checkpoint.json'), from, to);
  const line = (name: string) =>
    `${createHash('sha256')
      .update(readFileSync(join(path, name)))
      .digest('hex')}  ${name}\n`;
  writeFileSync(join(path, 'SHA256SUMS'), line('checkpoint.json') + line('state.bin'));
}

describe('a checkpoint', () => {
  it('keeps the best epoch’s beside the two newest, until another is the best', async () => {
    const best = (step: number) => ({ ...header, best: { epoch: 1, step, ...RESULT } });
    await save(folder, best(2), snapshot(2));
    for (const step of [3, 4, 5]) await save(folder, best(2), snapshot(step));
    expect(checkpointNames(folder)).toEqual(['step-000000002', 'step-000000004', 'step-000000005']);
    expect(readSnapshot(network, createOptimizer('momentum'), readCheckpoint(folder, 2))).toEqual(snapshot(2));
    await save(folder, best(6), snapshot(6));
    expect(checkpointNames(folder)).toEqual(['step-000000005', 'step-000000006']);
  });

  it('keeps a loss that is not a number, which JSON cannot say', async () => {
    await save(folder, { ...header, lastEpoch: { ...RESULT, train: { ...RESULT.train, loss: NaN } } }, snapshot(1));
    expect(readHeader(folder).header.lastEpoch?.train.loss).toBeNaN();
  });

  it('gives every number back', async () => {
    const whole: Snapshot = { ...snapshot(7), skipped: 2, lossScale: { value: 64, since: 3 } };
    await save(folder, header, whole);
    const read = readHeader(folder);
    expect(read.header).toMatchObject({ ...header, step: 7 });
    expect(readSnapshot(network, optimizer, read)).toEqual(whole);
  });

  it('is one of the two newest, the others are removed', async () => {
    for (const step of [1, 2, 3, 10]) await save(folder, header, snapshot(step));
    expect(checkpointNames(folder)).toEqual(['step-000000003', 'step-000000010']);
    expect(readHeader(folder).header.step).toBe(10);
  });

  it.each([
    ['cut short', (path: string) => truncateSync(join(path, 'state.bin'), 100)],
    ['changed', (path: string) => writeFileSync(join(path, 'state.bin'), Buffer.alloc(1000))],
    ['without its header', (path: string) => rmSync(join(path, 'checkpoint.json'))],
    ['with half a header', (path: string) => truncateSync(join(path, 'checkpoint.json'), 20)],
    // What nobody hashed before: the numbers a run goes on from.
    ['with another step in its header', (path: string) => edit(join(path, 'checkpoint.json'), '"step": 2', '"step": 3')],
    ['with another seed in its header', (path: string) => edit(join(path, 'checkpoint.json'), '"seed": 1', '"seed": 2')],
    ['without its hashes', (path: string) => rmSync(join(path, 'SHA256SUMS'))],
    ['with one bit of a weight turned', (path: string) => turnBit(join(path, 'state.bin'))],
    ['of another format', (path: string) => signed(path, '"format": 2', '"format": 3')],
    ['signed, but no checkpoint', (path: string) => signed(path, '"pieces"', '"places"')],
  ])('that is %s is named, and the one before it is used', async (_, damage) => {
    await save(folder, header, snapshot(1));
    damage(await save(folder, header, snapshot(2)));
    const said: string[] = [];
    expect(readHeader(folder, (sentence) => said.push(sentence)).header.step).toBe(1);
    expect(said).toHaveLength(1);
    expect(said[0]).toContain('step-000000002');
    expect(said[0]).toContain('The one before it is tried.');
  });

  it('that is the last to try is not said to have one before it', async () => {
    for (const step of [1, 2]) truncateSync(join(await save(folder, header, snapshot(step)), 'state.bin'), 100);
    const said: string[] = [];
    expect(() => readHeader(folder, (sentence) => said.push(sentence))).toThrow(/none of the saved ones is whole/);
    expect(said.map((sentence) => sentence.includes('The one before it'))).toEqual([true, false]);
  });

  it('left half-written by a dead process is not taken for one', async () => {
    await save(folder, header, snapshot(1));
    const half = join(folder, 'checkpoints', 'step-000000002.unfinished');
    await save(folder, header, snapshot(2));
    rmSync(join(folder, 'checkpoints', 'step-000000002'), { recursive: true });
    writeFileSync(half, '');
    expect(readHeader(folder).header.step).toBe(1);
    await save(folder, header, snapshot(2));
    expect(readdirSync(join(folder, 'checkpoints'))).toEqual(['step-000000001', 'step-000000002']);
  });

  it('written after an older one was gone back to is kept, and the damaged later one goes', async () => {
    await save(folder, header, snapshot(4));
    truncateSync(join(await save(folder, header, snapshot(9)), 'state.bin'), 100);
    expect(readHeader(folder).header.step).toBe(4);
    await save(folder, header, snapshot(5));
    expect(checkpointNames(folder)).toEqual(['step-000000004', 'step-000000005']);
  });

  it('of the same step stays when its successor cannot be written', async () => {
    const saved = await save(folder, header, snapshot(4));
    await expect(writeFolderAtomic(saved, { 'state.bin': 'half', 'state.bin/below': '' })).rejects.toThrow(/EISDIR/);
    expect(readSnapshot(network, optimizer, readHeader(folder))).toEqual(snapshot(4));
  });

  it('of another model, or none at all, is refused in a sentence', async () => {
    expect(() => readHeader(folder)).toThrow(/no checkpoint was saved/);
    await save(folder, header, snapshot(1));
    expect(() => readSnapshot(tinyNetwork(), optimizer, readHeader(folder))).toThrow(
      /step-000000001 cannot be used: it belongs to another model/,
    );
  });
});
