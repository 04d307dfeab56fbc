// The count of bytes: exact, repeatable, uploads included; and the arena behind it.
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { carrySpecs, microBatchStep, sampleSpecs, weightSpecs } from '#engine/step';
import { resnet18 } from '#engine/models/resnet-18';
import { smallCnn } from '#engine/models/small-cnn';
import { describeTensorFlow } from '#test/support/tensorflow';

const KIB = 1024;

describeTensorFlow('memory', (runtime) => {
  it('counts a tensor to the byte, below and above what the arena takes', () => {
    const { native, meter } = runtime();
    for (const elements of [0, 1, 3, 1000, 16 * KIB - 1, 16 * KIB, 16 * KIB + 1, 300_007]) {
      const before = meter.inUseBytes();
      const id = native.uploadTensor([elements], native.TF_FLOAT, new Float32Array(elements));
      expect(meter.inUseBytes() - before, `${elements} floats`).toBe(4 * elements);
      native.deleteTensor(id);
      expect(meter.inUseBytes()).toBe(before);
    }
  });

  it('counts the results of ops and the highest moment', () => {
    const { meter } = runtime();
    const before = meter.inUseBytes();
    meter.resetPeak();
    const x = tf.tensor(new Float32Array(100_000));
    const y = tf.neg(x); // The upload happens here.
    expect(meter.inUseBytes() - before).toBe(800_000);
    tf.dispose([x, y]);
    expect(meter.inUseBytes()).toBe(before);
    expect(meter.peakBytes() - before).toBe(800_000);
    meter.resetPeak();
    expect(meter.peakBytes()).toBe(before);
  });

  it('copies and counts a buffer that TensorFlow could share', () => {
    const { native, meter } = runtime();
    const elements = 1 << 20;
    // Buffers of this size are aligned to 4,096 bytes or stand 16 behind: one of the offsets is a multiple of 64 away.
    const buffer = new ArrayBuffer(4 * elements + 64);
    for (let offset = 0; offset < 64; offset += 4) {
      const values = new Float32Array(buffer, offset, elements).fill(1);
      const before = meter.inUseBytes();
      const id = native.uploadTensor([elements], native.TF_FLOAT, values);
      values.fill(2);
      expect(meter.inUseBytes() - before, `offset ${offset}`).toBe(4 * elements);
      const kept = native.tensorDataSync(id);
      expect(kept[0]).toBe(1);
      expect(kept[elements - 1]).toBe(1);
      native.deleteTensor(id);
    }
  });

  it('uploads through TF.js are such copies', () => {
    const { meter } = runtime();
    const buffer = new ArrayBuffer(4 * 50_000 + 64);
    for (let offset = 0; offset < 64; offset += 4) {
      const values = new Float32Array(buffer, offset, 50_000).fill(1);
      const before = meter.inUseBytes();
      const x = tf.tensor(values);
      const y = tf.clone(tf.sum(x));
      values.fill(3);
      expect(meter.inUseBytes() - before).toBeGreaterThanOrEqual(200_000);
      const total = tf.tidy(() => tf.sum(x).dataSync()[0]);
      expect(total, `offset ${offset}`).toBe(50_000);
      tf.dispose([x, y]);
    }
  });

  it('refuses arrays that do not fit their shape', () => {
    const { native } = runtime();
    expect(() => native.uploadTensor([3], native.TF_FLOAT, new Float32Array(2))).toThrow('the shape needs 12 bytes, the array has 8');
    expect(() => native.uploadTensor([2], native.TF_FLOAT, new Int32Array(2))).toThrow(/does not hold/);
    expect(() => native.uploadTensor([-1], native.TF_FLOAT, new Float32Array(1))).toThrow(/negative/);
    expect(() => native.uploadTensor([2 ** 40, 2 ** 40], native.TF_FLOAT, new Float32Array(1))).toThrow(/too large/);
  });

  it('finds the same peak in every call of a captured step, however often it is captured', () => {
    const { meter } = runtime();
    const network = resnet18([48, 48, 3], 10);
    const specs = [...sampleSpecs(network, 64), ...carrySpecs(network), ...weightSpecs(network)];
    const inputs = specs.map(({ shape, dtype }) => tf.zeros(shape, dtype));
    tf.tidy(() => void inputs.map((t) => tf.neg(t))); // Uploaded before anything is measured.
    const peaks: number[] = [];
    for (let capture = 0; capture < 2; capture++) {
      const step = runtime().compile('peaks', microBatchStep(network), specs);
      tf.dispose(step.call(inputs)); // TensorFlow's own preparations.
      const before = meter.inUseBytes();
      for (let call = 0; call < 5; call++) {
        meter.resetPeak();
        tf.dispose(step.call(inputs));
        expect(meter.inUseBytes()).toBe(before);
        peaks.push(meter.peakBytes() - before);
      }
      step.dispose();
    }
    expect(new Set(peaks).size, peaks.join(' ')).toBe(1);
    tf.dispose(inputs);
  });

  it("counts oneDNN's own memory: a convolution's filter in its own order", () => {
    const { meter, native } = runtime();
    const [x, filter] = [tf.ones<tf.Rank.R4>([2, 8, 8, 256]), tf.ones<tf.Rank.R4>([3, 3, 256, 256])];
    const convolve = (): void => tf.tidy(() => void tf.conv2d(x, filter, 1, 'same'));
    convolve(); // The uploads happen here.
    const before = meter.inUseBytes();
    meter.resetPeak();
    convolve();
    const output = 4 * 2 * 8 * 8 * 256;
    expect(meter.peakBytes() - before).toBeGreaterThanOrEqual(output + 4 * filter.size);
    expect(meter.inUseBytes()).toBe(before);
    const { grown } = native.memory();
    for (let i = 0; i < 5; i++) convolve();
    expect(native.memory().grown).toBe(grown);
    tf.dispose([x, filter]);
  });

  it('holds nothing against a run for the functions compiled for it', () => {
    const { meter } = runtime();
    const network = smallCnn([8, 8, 1], 10);
    const work = (n: number): void => {
      const specs = [...sampleSpecs(network, n), ...carrySpecs(network), ...weightSpecs(network)];
      const inputs = specs.map(({ shape, dtype }) => tf.ones(shape, dtype));
      const step = runtime().compile(`of ${n}`, microBatchStep(network), specs);
      tf.dispose(step.call(inputs));
      tf.dispose(inputs);
      step.dispose();
    };
    work(2); // TensorFlow's own preparations.
    const before = meter.inUseBytes();
    for (const n of [5, 9, 17, 33]) work(n);
    expect(meter.inUseBytes() - before).toBeLessThan(16 * KIB);
  });

  it('keeps freed pages for their next use, within bounds, and gives them back', () => {
    const { native } = runtime();
    const use = (elements: number): void =>
      native.deleteTensor(native.uploadTensor([elements], native.TF_FLOAT, new Float32Array(elements)));
    native.releasePool();
    expect(native.memory().kept).toBe(0);
    const { resident } = native.memory();
    use(500_000);
    const first = native.memory();
    expect(first.kept).toBeGreaterThan(2_000_000 - 8 * KIB);
    expect(first.kept).toBeLessThan(2_000_000 + 8 * KIB);
    for (let i = 0; i < 10; i++) use(500_000);
    expect(native.memory()).toMatchObject({ grown: first.grown, kept: first.kept });
    native.limitPool(0);
    expect(native.memory().kept).toBe(0);
    use(500_000);
    expect(native.memory()).toMatchObject({ kept: 0, resident });
    native.limitPool(Number.MAX_SAFE_INTEGER);
    use(500_000);
    expect(native.memory().kept).toBe(first.kept);
    runtime().releaseMemory();
    expect(native.memory()).toMatchObject({ kept: 0, resident });
  });

  it('holds hardly more than it hands out, in a captured step of a real network', () => {
    const { native, meter } = runtime();
    const network = resnet18([48, 48, 3], 10);
    const specs = [...sampleSpecs(network, 64), ...carrySpecs(network), ...weightSpecs(network)];
    const inputs = specs.map(({ shape, dtype }) => tf.zeros(shape, dtype));
    tf.tidy(() => void inputs.map((t) => tf.neg(t)));
    const step = runtime().compile('waste', microBatchStep(network), specs);
    tf.dispose(step.call(inputs));
    native.releasePool();
    meter.resetPeak();
    const before = { counted: meter.inUseBytes(), resident: native.memory().resident };
    tf.dispose(step.call(inputs));
    const counted = meter.peakBytes() - before.counted;
    const resident = native.memory().resident - before.resident;
    expect(resident / counted).toBeLessThan(1.1);
    // What was counted was there.
    expect(resident / counted).toBeGreaterThan(0.9);
    tf.dispose(inputs);
    step.dispose();
  });
});
