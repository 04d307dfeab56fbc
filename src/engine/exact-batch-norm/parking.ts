// Host memory that holds a mini-batch's tensors between its stages, so that the engine holds those of one micro-batch only.
import { tensor, type Tensor } from '@tensorflow/tfjs-core';
import type { BudgetMeter } from '../meter';
import type { TensorSpec } from '../runtime';
import type { Key } from './keys';

interface Place extends TensorSpec {
  values: Float32Array | Int32Array;
}

export class Parking {
  private readonly places = new Map<string, Place>();

  constructor(private readonly meter: BudgetMeter) {}

  /**
   * Copies a tensor of a piece out of the engine; the tensor stays the caller's.
   * @throws FailureError out-of-memory, where the budget's memory is the host's and this would pass it
   */
  put(key: Key, piece: number, given: Tensor): void {
    this.meter.park(4 * given.size, given.shape[0]);
    const values = given.dataSync() as Float32Array | Int32Array;
    this.places.set(`${key} ${piece}`, { values, shape: given.shape, dtype: given.dtype as TensorSpec['dtype'] });
  }

  /** A new tensor of what was parked. */
  take(key: Key, piece: number): Tensor {
    const { values, shape, dtype } = this.places.get(`${key} ${piece}`)!;
    return tensor(values, shape, dtype);
  }

  drop(key: Key, piece: number): void {
    const place = this.places.get(`${key} ${piece}`);
    if (!place) return;
    this.meter.unpark(place.values.byteLength);
    this.places.delete(`${key} ${piece}`);
  }

  clear(): void {
    for (const { values } of this.places.values()) this.meter.unpark(values.byteLength);
    this.places.clear();
  }
}
