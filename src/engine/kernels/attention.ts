// Scaled dot-product attention of several heads (Vaswani et al. 2017, arXiv 1706.03762). Its gradient keeps the input alone: who looks at
// whom, [n, heads, tokens, tokens], is computed again, which costs little beside the dense layers around it.
import {
  concat,
  customGrad,
  matMul,
  mul,
  reshape,
  slice,
  softmax,
  sub,
  sum,
  transpose,
  type GradSaveFunc,
  type Tensor,
  type Tensor3D,
} from '@tensorflow/tfjs-core';

/** Queries, keys and values of every head, [heads · n, tokens, width of a head] each. */
function partsOf(x: Tensor3D, heads: number): [Tensor3D, Tensor3D, Tensor3D] {
  const [n, tokens, width] = x.shape;
  const size = width / (3 * heads);
  const parts = transpose(reshape(x, [n, tokens, 3 * heads, size]), [2, 0, 1, 3]);
  const part = (i: number) => reshape(slice(parts, [i * heads, 0, 0, 0], [heads, n, tokens, size]), [heads * n, tokens, size]) as Tensor3D;
  return [part(0), part(1), part(2)];
}

const weightsOf = (query: Tensor3D, key: Tensor3D): Tensor3D =>
  softmax(mul(matMul(query, key, false, true), 1 / Math.sqrt(query.shape[2])));

/**
 * @param x queries, keys and values beside each other, each head after head: [n, tokens, 3 · heads · size]
 * @returns [n, tokens, heads · size]; differentiable
 */
export function attention(x: Tensor3D, heads: number): Tensor3D {
  const [n, tokens, width] = x.shape;
  const size = width / (3 * heads);
  return customGrad((...args: (Tensor | GradSaveFunc)[]) => {
    const input = args[0] as Tensor3D;
    (args[1] as GradSaveFunc)([input]);
    const [query, key, value] = partsOf(input, heads);
    const seen = reshape(matMul(weightsOf(query, key), value), [heads, n, tokens, size]);
    return {
      value: reshape(transpose(seen, [1, 2, 0, 3]), [n, tokens, width / 3]),
      gradFunc: (dy: Tensor, [saved]: Tensor[]) => {
        const [q, k, v] = partsOf(saved as Tensor3D, heads);
        const weights = weightsOf(q, k);
        const slope = reshape(transpose(reshape(dy, [n, tokens, heads, size]), [2, 0, 1, 3]), [heads * n, tokens, size]);
        const weighted = mul(weights, matMul(slope, v, false, true));
        const inner = mul(sub(weighted, mul(weights, sum(weighted, 2, true))), 1 / Math.sqrt(size));
        const slopes = [matMul(inner, k), matMul(inner, q, true), matMul(weights, slope, true)];
        return reshape(transpose(reshape(concat(slopes, 0), [3 * heads, n, tokens, size]), [1, 2, 0, 3]), [n, tokens, width]);
      },
    };
  })(x) as Tensor3D;
}
