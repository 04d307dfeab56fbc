// An engine counts as loaded when it has computed something right, in the memory it is meant to use.
import { matMul, tensor2d, tidy } from '@tensorflow/tfjs-core';
import type { NativeKind } from '#shared/engine';
import type { NativeBinding } from './binding';

const PRODUCT = [14, 32, 32, 77];

/** @throws Error whose message is the reason in one sentence */
export function prove(native: NativeBinding, kind: NativeKind): void {
  // Without its CUDA libraries TensorFlow leaves the card out and says nothing.
  if (kind === 'cuda' && !native.isUsingGpuDevice()) throw new Error('TensorFlow found no NVIDIA card it can use');
  const values = tidy(() => {
    const matrix = tensor2d([1, 2, 3, 4, 5, 6], [2, 3]);
    return matMul(matrix, matrix, false, true).dataSync();
  });
  if (values.join() !== PRODUCT.join())
    throw new Error(`a small product came out as ${values.join(', ')} instead of ${PRODUCT.join(', ')}`);
  if (kind === 'cuda' && deviceOfProduct(native) === 'CPU')
    throw new Error('TensorFlow lists a graphics card but computes on the processor');
}

/** "CPU" or "GPU": where the binding leaves the result of a product. */
function deviceOfProduct(native: NativeBinding): string {
  const matrix = native.uploadTensor([1, 1], native.TF_FLOAT, new Float32Array([1]));
  const transpose = ['transpose_a', 'transpose_b'].map((name) => ({ name, type: native.TF_ATTR_BOOL, value: false }));
  const attributes = [...transpose, { name: 'T', type: native.TF_ATTR_TYPE, value: native.TF_FLOAT }];
  const [product] = native.executeOp('MatMul', attributes, [matrix, matrix], 1);
  const device = native.tensorDevice(product.id);
  native.deleteTensor(product.id);
  native.deleteTensor(matrix);
  return device.includes('GPU') ? 'GPU' : 'CPU';
}
