// Gradients of stock TF.js ops that are slow or cannot be traced, replaced once a process.
// ReLU and ReLU6: one kernel instead of three ops and five, and only the output is kept, which the next layer keeps too. Mean and Sum: the stock ones fill ones of x's shape in JavaScript and upload them.
import { broadcastTo, div, registerGradient, reshape, unregisterGradient, util, type Tensor } from '@tensorflow/tfjs-core';
import { relu6Grad, reluGrad } from './fused';

let replaced = false;

function spreadBack(dy: Tensor, x: Tensor, axis: unknown, average: boolean): Tensor {
  const axes = util.parseAxisParam(axis as number[], x.shape);
  const kept = x.shape.slice();
  let count = 1;
  for (const a of axes) {
    count *= x.shape[a];
    kept[a] = 1;
  }
  const share = average ? div(dy, count) : dy;
  return broadcastTo(reshape(share, kept), x.shape);
}

export function replaceSlowGradients(): void {
  if (replaced) return;
  replaced = true;
  for (const name of ['Relu', 'Relu6', 'Mean', 'Sum']) unregisterGradient(name);
  registerGradient({
    kernelName: 'Relu',
    outputsToSave: [true],
    gradFunc: (dy, [y]) => ({ x: () => reluGrad(dy as Tensor, y) }),
  });
  registerGradient({
    kernelName: 'Relu6',
    outputsToSave: [true],
    gradFunc: (dy, [y]) => ({ x: () => relu6Grad(dy as Tensor, y) }),
  });
  for (const kernelName of ['Mean', 'Sum'] as const) {
    registerGradient({
      kernelName,
      inputsToSave: ['x'],
      gradFunc: (dy, [x], attrs) => ({ x: () => spreadBack(dy as Tensor, x, attrs.axis, kernelName === 'Mean') }),
    });
  }
}
