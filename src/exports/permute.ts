// The same values with their axes in another order: frameworks disagree about where channels lie.
import { sizeOf, type Shape } from '#engine/layers/layer';

export interface Values {
  shape: Shape;
  values: Float32Array;
}

/** Axis i of the answer is axis `axes[i]` of what is given. */
export function permuted({ shape, values }: Values, axes: readonly number[]): Values {
  const strides = shape.map((_, i) => sizeOf(shape.slice(i + 1)));
  const turned = axes.map((axis) => shape[axis]);
  const steps = axes.map((axis) => strides[axis]);
  const result = new Float32Array(values.length);
  const place = turned.map(() => 0);
  let from = 0;
  for (let to = 0; to < result.length; to++) {
    result[to] = values[from];
    for (let axis = turned.length - 1; axis >= 0; axis--) {
      from += steps[axis];
      if (++place[axis] < turned[axis]) break;
      from -= steps[axis] * turned[axis];
      place[axis] = 0;
    }
  }
  return { shape: turned, values: result };
}
