// Gives TF.js's WebAssembly backend the gradients it lacks, and faster kernels where its own are slow.
import { ACCUMULATE } from '../accumulate';
import { registerEightBitLoops } from '../eight-bits-loops';
import { BATCH_NORM, BATCH_NORM_GRAD, RELU6_GRAD, RELU_GRAD } from '../fused';
import { BIAS_ADD, BIAS_ADD_GRAD, MAT_MUL } from '../linear';
import { accumulate } from './accumulate';
import { batchNorm, batchNormGrad } from './batch-normalization';
import { batchMatMul } from './batch-mat-mul';
import { biasAdd, biasAddGrad } from './bias';
import { conv2dBackpropFilter } from './conv-2d-backprop-filter';
import { conv2dBackpropInput } from './conv-2d-backprop-input';
import { conv2d } from './convolution';
import { depthwiseConv2dBackpropFilter, depthwiseConv2dBackpropInput } from './depthwise-backprop';
import { registerWasmKernel, type WasmBackend } from './heap';
import { identity } from './identity';
import { matMul2d } from './matrix-product';
import { maxPoolGrad } from './max-pool-grad';
import { reduction } from './reduce';
import { relu6Grad, reluGrad } from './relu-grad';
import { tile } from './tile';
import { unsortedSegmentSum } from './unsorted-segment-sum';

let registered = false;

/** Once a process, when the backend is up and has the composed kernels: some of them are replaced too. */
export function registerWasmKernels(): void {
  if (registered) return;
  registered = true;
  registerWasmKernel('Conv2D', () => conv2d);
  registerWasmKernel('Conv2DBackpropFilter', () => conv2dBackpropFilter);
  registerWasmKernel('Conv2DBackpropInput', () => conv2dBackpropInput);
  registerWasmKernel('DepthwiseConv2dNativeBackpropFilter', () => depthwiseConv2dBackpropFilter);
  registerWasmKernel('DepthwiseConv2dNativeBackpropInput', () => depthwiseConv2dBackpropInput);
  registerWasmKernel('UnsortedSegmentSum', () => unsortedSegmentSum);
  registerWasmKernel('Identity', () => identity);
  registerWasmKernel('MaxPoolGrad', () => maxPoolGrad);
  registerWasmKernel('Tile', () => tile);
  registerWasmKernel('BatchMatMul', batchMatMul);
  registerWasmKernel('Sum', (stock) => reduction('sum', stock));
  registerWasmKernel('Mean', (stock) => reduction('mean', stock));
  registerWasmKernel(RELU_GRAD, () => reluGrad);
  registerWasmKernel(RELU6_GRAD, () => relu6Grad);
  registerWasmKernel(BATCH_NORM, () => batchNorm);
  registerWasmKernel(BATCH_NORM_GRAD, () => batchNormGrad);
  registerWasmKernel(ACCUMULATE, () => accumulate);
  registerWasmKernel(MAT_MUL, () => matMul2d);
  registerWasmKernel(BIAS_ADD, () => biasAdd);
  registerWasmKernel(BIAS_ADD_GRAD, () => biasAddGrad);
  registerEightBitLoops('wasm', (backend) => ({
    allocate: (shape, dtype) => (backend as WasmBackend).makeOutput(shape, dtype),
    values: (info) => (backend as WasmBackend).typedArrayFromHeap(info),
  }));
}
