// Products of matrices by TensorFlow's own ops.
import type { Attribute, Kernel, TensorFlowBackend } from './tensorflow';

/** Multiplications from which oneDNN (BatchMatMulV2) beats Eigen (MatMul): backward 2.5 times at 512 × 512, below 256 × 256 it only costs more. */
const LARGE_PRODUCT = 2 ** 22;

/** An attribute that says a type is float. */
export const floats = ({ binding }: TensorFlowBackend, name: string): Attribute => ({
  name,
  type: binding.TF_ATTR_TYPE,
  value: binding.TF_FLOAT,
});

/** {a, b} → [a · b]. */
export const matMul: Kernel = (backend, { a, b }, { transposeA, transposeB }) => {
  const rows = a.shape[transposeA]!;
  const isLarge = rows * b.size >= LARGE_PRODUCT;
  const [op, nameA, nameB] = isLarge ? ['BatchMatMulV2', 'adj_x', 'adj_y'] : ['MatMul', 'transpose_a', 'transpose_b'];
  const transposed = (name: string, value: number) => ({ name, type: backend.binding.TF_ATTR_BOOL, value: value === 1 });
  const attributes = [floats(backend, 'T'), transposed(nameA, transposeA), transposed(nameB, transposeB)];
  return backend.executeMultipleOutputs(op, attributes, [a, b], 1);
};
