// Grows an ONNX graph operation by operation. Names say which layer an operation is of, as people see it in a viewer.
import type { Shape } from '#engine/layers/layer';
import type { Values } from '../permute';
import type { Attribute, Constant, Operation } from './messages';

export class Graph {
  readonly operations: Operation[] = [];
  readonly constants: Constant[] = [];
  private readonly taken = new Map<string, number>();
  private layer = '';

  /** What is added from now on is of that layer. */
  enter(layer: string): void {
    this.layer = layer;
  }

  /** The name of its output. */
  add(type: string, inputs: readonly string[], attributes: Readonly<Record<string, Attribute>> = {}, output = this.name(type)): string {
    this.operations.push({ type, name: output, inputs, output, attributes });
    return output;
  }

  constant(name: string, { shape, values }: Values): string {
    const constant = { name: this.name(name), shape, values };
    this.constants.push(constant);
    return constant.name;
  }

  scalar(name: string, value: number): string {
    return this.constant(name, { shape: [], values: Float32Array.of(value) });
  }

  /** Places or sizes; a number alone is a scalar. */
  integers(name: string, given: number | readonly number[]): string {
    const list = typeof given === 'number' ? [given] : given;
    const constant = {
      name: this.name(name),
      shape: typeof given === 'number' ? [] : [list.length],
      values: BigInt64Array.from(list, (one) => BigInt(one)),
    };
    this.constants.push(constant);
    return constant.name;
  }

  /** The same numbers of each sample in another shape. */
  reshape(x: string, shape: Shape): string {
    return this.add('Reshape', [x, this.integers('shape', [-1, ...shape])]);
  }

  channelsFirst(x: string): string {
    return this.add('Transpose', [x], { perm: [0, 3, 1, 2] });
  }

  channelsLast(x: string): string {
    return this.add('Transpose', [x], { perm: [0, 2, 3, 1] });
  }

  private name(what: string): string {
    const full = `${this.layer}/${what}`;
    const count = (this.taken.get(full) ?? 0) + 1;
    this.taken.set(full, count);
    return count === 1 ? full : `${full}_${count}`;
  }
}
