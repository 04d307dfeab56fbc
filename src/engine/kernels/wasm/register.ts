// Gives TF.js's WebAssembly backend the gradients it lacks, and faster kernels where its own are slow.
import type { KernelFunc } from '@tensorflow/tfjs-core';
import { batchMatMul } from './batch-mat-mul';
import { conv2dBackpropFilter } from './conv-2d-backprop-filter';
import { conv2dBackpropInput } from './conv-2d-backprop-input';
import { depthwiseConv2dBackpropFilter, depthwiseConv2dBackpropInput } from './depthwise-backprop';
import { registerWasmKernel } from './heap';
import { maxPoolGrad } from './max-pool-grad';
import { tile } from './tile';
import { unsortedSegmentSum } from './unsorted-segment-sum';

let registered = false;

/** Once the backend is up; once a process. */
export function registerWasmKernels(): void {
  if (registered) return;
  registered = true;
  registerWasmKernel('Conv2DBackpropFilter', conv2dBackpropFilter);
  registerWasmKernel('Conv2DBackpropInput', conv2dBackpropInput);
  registerWasmKernel('DepthwiseConv2dNativeBackpropFilter', depthwiseConv2dBackpropFilter);
  registerWasmKernel('DepthwiseConv2dNativeBackpropInput', depthwiseConv2dBackpropInput);
  registerWasmKernel('UnsortedSegmentSum', unsortedSegmentSum);
  registerWasmKernel('MaxPoolGrad', maxPoolGrad);
  registerWasmKernel('Tile', tile);
  const stock: KernelFunc | undefined = registerWasmKernel(
    'BatchMatMul',
    batchMatMul(() => stock as KernelFunc),
  );
}
