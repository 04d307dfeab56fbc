// Checkpoints: whole or not there, the two newest of this run and no others.
import { mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { initialWeights } from '#engine/initialize';
import type { Snapshot } from '#engine/learner';
import { writeFolderAtomic } from '#trainer/atomic';
import { createOptimizer } from '#engine/optimizers';
import { checkpointNames, readHeader, readSnapshot, saveCheckpoint } from '#trainer/checkpoint';
import { DEFAULT_SPEC } from '#shared/run-spec';
import type { Plan } from '#shared/plan';
import { tinyNetwork } from '#test/support/tiny';

const network = tinyNetwork({ batchNorm: true });
const optimizer = createOptimizer('momentum');
const header = {
  spec: DEFAULT_SPEC,
  plan: { micro: 4 } as Plan,
  datasetHash: 'abc',
  datasetFolder: 'somewhere',
  epochTotals: { lossSum: 1.5, weightSum: 2, samples: 2, counts: [1, 2] },
  seconds: 3,
};

function snapshot(step: number): Snapshot {
  const weights = initialWeights(network, step);
  return { step, weights, slots: network.weights.map((w, i) => (w.trainable ? [weights[i].map((v) => v * 2)] : [])) };
}

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'overbatch-checkpoint-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a checkpoint', () => {
  it('gives every number back', () => {
    saveCheckpoint(folder, header, snapshot(7));
    const read = readHeader(folder);
    expect(read.header).toMatchObject({ ...header, step: 7 });
    expect(readSnapshot(network, optimizer, read)).toEqual(snapshot(7));
  });

  it('is one of the two newest, the others are removed', () => {
    for (const step of [1, 2, 3, 10]) saveCheckpoint(folder, header, snapshot(step));
    expect(checkpointNames(folder)).toEqual(['step-000000003', 'step-000000010']);
    expect(readHeader(folder).header.step).toBe(10);
  });

  it.each([
    ['cut short', (path: string) => truncateSync(join(path, 'state.bin'), 100)],
    ['changed', (path: string) => writeFileSync(join(path, 'state.bin'), Buffer.alloc(1000))],
    ['without its header', (path: string) => rmSync(join(path, 'checkpoint.json'))],
    ['with half a header', (path: string) => truncateSync(join(path, 'checkpoint.json'), 20)],
  ])('that is %s is named, and the one before it is used', (_, damage) => {
    saveCheckpoint(folder, header, snapshot(1));
    damage(saveCheckpoint(folder, header, snapshot(2)));
    const said: string[] = [];
    expect(readHeader(folder, (sentence) => said.push(sentence)).header.step).toBe(1);
    expect(said).toHaveLength(1);
    expect(said[0]).toContain('step-000000002');
  });

  it('left half-written by a dead process is not taken for one', () => {
    saveCheckpoint(folder, header, snapshot(1));
    const half = join(folder, 'checkpoints', 'step-000000002.unfinished');
    saveCheckpoint(folder, header, snapshot(2));
    rmSync(join(folder, 'checkpoints', 'step-000000002'), { recursive: true });
    writeFileSync(half, '');
    expect(readHeader(folder).header.step).toBe(1);
    saveCheckpoint(folder, header, snapshot(2));
    expect(readdirSync(join(folder, 'checkpoints'))).toEqual(['step-000000001', 'step-000000002']);
  });

  it('written after an older one was gone back to is kept, and the damaged later one goes', () => {
    saveCheckpoint(folder, header, snapshot(4));
    truncateSync(join(saveCheckpoint(folder, header, snapshot(9)), 'state.bin'), 100);
    expect(readHeader(folder).header.step).toBe(4);
    saveCheckpoint(folder, header, snapshot(5));
    expect(checkpointNames(folder)).toEqual(['step-000000004', 'step-000000005']);
  });

  it('of the same step stays when its successor cannot be written', () => {
    const saved = saveCheckpoint(folder, header, snapshot(4));
    expect(() => writeFolderAtomic(saved, { 'state.bin': 'half', 'no/such/folder': '' })).toThrow(/ENOENT/);
    expect(readSnapshot(network, optimizer, readHeader(folder))).toEqual(snapshot(4));
  });

  it('of another model, or none at all, is refused in a sentence', () => {
    expect(() => readHeader(folder)).toThrow(/no checkpoint was saved/);
    saveCheckpoint(folder, header, snapshot(1));
    expect(() => readSnapshot(tinyNetwork(), optimizer, readHeader(folder))).toThrow(/another model/);
  });
});
