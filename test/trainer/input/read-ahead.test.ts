// Reading ahead with real threads: the same bytes with none, one and two, whatever the pieces; bounded; gone afterwards; errors said.
import { createHash } from 'node:crypto';
import { readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { listsFrom } from '#engine/course';
import { equalPieces } from '#engine/pieces';
import { DEFAULT_SPEC, type RunSpec } from '#shared/run-spec';
import { packedPictures } from '#test/support/packed';
import { temporaryFolder } from '#test/support/temporary-folder';
import { withSampleWorker } from '#test/support/sample-worker';
import { openTrainingData } from '#trainer/open-training-data';
import { ReadAhead } from '#trainer/input/read-ahead';
import { shareSlots } from '#trainer/input/slots';

const COUNT = 61;
const EVERYTHING = { flip: 0.5, crop: 0.2, zoom: 0.5, rotate: 20, colour: 0.3, cutout: 0.3, mixup: 0.4 };
const spec = (given: Partial<RunSpec>): RunSpec => ({ ...DEFAULT_SPEC, batch: 16, epochs: 3, augment: EVERYTHING, ...given });
const BUDGET = 1e9;

const threads = (): number => readdirSync('/proc/self/task').length;

interface Read {
  pixels: Buffer;
  labels: Buffer;
  targets: Buffer[];
}

const bytesOf = (values: ArrayBufferView): Buffer => Buffer.from(values.buffer, values.byteOffset, values.byteLength);

const digests = (lists: Read[]): string[] =>
  lists.map(({ pixels, labels, targets }) =>
    createHash('sha256')
      .update(Buffer.concat([pixels, labels, ...targets]))
      .digest('hex'),
  );

/** Everything a run reads, list by list, each cut into pieces of `micro`. */
async function readRun(folder: string, micro: number, given: Partial<RunSpec>, budgetBytes = BUDGET): Promise<Read[]> {
  const settings = spec(given);
  const data = await openTrainingData(folder, settings, budgetBytes);
  try {
    const course = { ...settings, train: data.train, validation: data.validation };
    data.expect!(listsFrom(course, 0));
    const lists: Read[] = [];
    for (const list of listsFrom(course, 0)) {
      let whole: Read = { pixels: Buffer.alloc(0), labels: Buffer.alloc(0), targets: [] };
      let start = 0;
      for (const size of equalPieces(list.indices.length, micro)) {
        const { pixels, labels, targets = [] } = data.read(list, start, size);
        const joined = (a: Buffer | undefined, b: ArrayBufferView): Buffer => Buffer.concat([a ?? Buffer.alloc(0), bytesOf(b)]);
        whole = {
          pixels: joined(whole.pixels, pixels),
          labels: joined(whole.labels, labels),
          targets: targets.map((target, i) => joined(whole.targets[i], target)),
        };
        start += size;
        // As a run does: the event loop gets its turn.
        await new Promise((resolve) => setImmediate(resolve));
      }
      lists.push(whole);
    }
    return lists;
  } finally {
    await data.close();
  }
}

describe('reading threads', () => {
  withSampleWorker();

  it.each([
    ['the packed size', {}],
    ['another size', { inputSize: 12 }],
    ['no augmentation', { augment: undefined }],
  ])('none, one and two give the same bytes at any size of piece, and leave no thread behind: %s', async (_, given) => {
    const folder = packedPictures({ count: COUNT, width: 20, height: 16 });
    const whole = await readRun(folder, 16, { ...given, workers: 0 });
    expect(whole).toHaveLength(3 * 5);
    await readRun(folder, 16, { ...given, workers: 2 }); // Node keeps a few threads of its own after the first.
    const before = threads();
    for (const [micro, workers] of [
      [1, 1],
      [3, 2],
      [7, 0],
      [16, 2],
    ]) {
      expect(digests(await readRun(folder, micro, { ...given, workers }))).toEqual(digests(whole));
    }
    expect(threads()).toBeLessThanOrEqual(before);
  });

  it('threads end with the run', async () => {
    const data = await openTrainingData(packedPictures({ count: COUNT, width: 20, height: 16 }), spec({ workers: 2 }), BUDGET);
    data.expect!([{ indices: data.train, step: 0 }]);
    const during = threads();
    data.read({ indices: data.train, step: 0 }, 0, 16);
    await data.close();
    expect(during - threads()).toBeGreaterThanOrEqual(2);
  });

  it('every training sample is read once an epoch, and differently in the next', async () => {
    const folder = packedPictures({ count: COUNT, width: 20, height: 16, classes: 1 });
    const plain = await readRun(folder, 7, { workers: 1, augment: undefined });
    const size = 20 * 16 * 3;
    const picturesOf = (lists: Read[]): string[] =>
      lists.flatMap(({ pixels }) =>
        Array.from({ length: pixels.length / size }, (_, i) => pixels.subarray(i * size, (i + 1) * size).toString('hex')),
      );
    const epochs = [0, 5, 10].map((first) => picturesOf(plain.slice(first, first + 4)));
    expect(new Set(epochs[0]).size).toBe(epochs[0].length);
    expect(epochs.map((pictures) => [...pictures].sort())).toEqual(epochs.map(() => [...epochs[0]].sort()));
    const varied = picturesOf((await readRun(folder, 7, { workers: 1 })).filter((__, i) => i % 5 < 4));
    expect(new Set(varied).size).toBe(varied.length);
  });

  it('a list may be read again from its start, and pieces in any order', async () => {
    const folder = packedPictures({ count: COUNT, width: 20, height: 16 });
    const settings = spec({ workers: 1 });
    const data = await openTrainingData(folder, settings, BUDGET);
    onTestFinished(() => data.close());
    const course = { ...settings, train: data.train, validation: data.validation };
    const [first, second] = listsFrom(course, 0);
    data.expect!(listsFrom(course, 0));
    const take = (list: typeof first, start: number, size: number) => data.read(list, start, size).pixels.slice();
    const whole = take(first, 0, 16);
    expect(take(first, 0, 16)).toEqual(whole);
    const later = take(second, 4, 8);
    expect(take(first, 8, 8)).toEqual(whole.slice(whole.length / 2));
    expect(take(second, 4, 8)).toEqual(later);
    expect(later).not.toEqual(whole.slice(0, later.length));
  });

  it('a budget too small for a queue is read without threads, and changes nothing', async () => {
    const folder = packedPictures({ count: COUNT, width: 20, height: 16 });
    const data = await openTrainingData(folder, spec({ workers: 2 }), 2_000);
    expect(data.hostBytes).toBe(0);
    await data.close();
    const cramped = await openTrainingData(folder, spec({ workers: 2 }), 200_000);
    expect(cramped.hostBytes).toBeGreaterThan(0);
    expect(cramped.hostBytes).toBeLessThanOrEqual(25_000);
    await cramped.close();
    expect(digests(await readRun(folder, 5, { workers: 2 }, 200_000))).toEqual(digests(await readRun(folder, 5, { workers: 0 })));
  });

  it('a file that became shorter ends the run with one sentence, met by a thread or not', async () => {
    for (const workers of [0, 2]) {
      const folder = packedPictures({ count: COUNT, width: 20, height: 16 });
      const settings = spec({ workers });
      const data = await openTrainingData(folder, settings, BUDGET);
      data.validation = new Int32Array();
      truncateSync(join(folder, 'samples.bin'), 100);
      const course = { ...settings, train: data.train, validation: data.validation };
      data.expect!(listsFrom(course, 0));
      const [list] = listsFrom(course, 0);
      expect(() => data.read(list, 0, 16)).toThrow(/samples\.bin became shorter\. Import the pictures again\./);
      await data.close();
    }
  });

  it('a thread that ends by itself is said, and takes nothing with it: the run reads by itself', async () => {
    const file = join(temporaryFolder(), 'ends.js');
    writeFileSync(file, 'process.exit(3);');
    const size = { width: 2, height: 2, channels: 1 };
    const ahead = new ReadAhead({
      place: { folder: '', count: 8, sampleBytes: 4 },
      recipe: { seed: 1, augment: {}, stored: size, input: size },
      shared: shareSlots({ slots: 2, samples: 4, bytes: 4 }),
      workers: 1,
      workerFile: file,
      order: (list, start, count) => ({ start, indices: list.indices.subarray(start, start + count) }),
      produce: (_, into) => void into.fill(7),
    });
    onTestFinished(() => ahead.close());
    const list = { indices: Int32Array.from({ length: 8 }, (_, i) => i), step: 0 };
    ahead.expect([list]);
    const into = new Uint8Array(32);
    const said = vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
    onTestFinished(() => said.mockRestore());
    for (let epoch = 0; epoch < 2; epoch++) {
      into.fill(0);
      ahead.read(list, 0, 8, into);
      expect(into.every((value) => value === 7)).toBe(true);
      await expect
        .poll(() => said.mock.calls.flat())
        .toEqual([expect.stringMatching(/^A reading thread ended \(it ended with code 3\)\./)]);
      ahead.expect([list]);
    }
  });
});
