// Counts the bytes of arrays in TF.js's cpu backend: each from when it is stored until its last reference is gone.
import type { Meter } from '#engine/runtime';

/** Where the cpu backend keeps its arrays. */
interface Storage {
  get(dataId: object): { values: unknown } | undefined;
  set(dataId: object, data: { values: unknown }): unknown;
  delete(dataId: object): boolean;
}

export interface CountableBackend {
  data: Storage;
}

/** Complex tensors have none of their own: their two parts are counted. */
const byteLength = (values: unknown): number => (ArrayBuffer.isView(values) ? values.byteLength : 0);

export function countBytes({ data }: CountableBackend): Meter {
  let inUse = 0;
  let peak = 0;
  const sizes = new WeakMap<object, number>();
  const { set, delete: remove } = data;
  const release = (dataId: object): void => {
    inUse -= sizes.get(dataId) ?? 0;
    sizes.delete(dataId);
  };
  data.set = (dataId, stored) => {
    release(dataId);
    const bytes = byteLength(stored.values);
    sizes.set(dataId, bytes);
    inUse += bytes;
    peak = Math.max(peak, inUse);
    return set.call(data, dataId, stored);
  };
  data.delete = (dataId) => {
    release(dataId);
    return remove.call(data, dataId);
  };
  return {
    inUseBytes: () => inUse,
    peakBytes: () => peak,
    resetPeak: () => void (peak = inUse),
  };
}
