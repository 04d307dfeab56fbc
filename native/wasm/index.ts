// Our WebAssembly kernels, which work in the memory of TF.js's program: pointers and counts in, nothing kept. Floats are 32 bits, channels last.
export { batchNorm, batchNormGradient } from './batch-normalization';
export { addBias, addInto, sumOverPlaces } from './channels';
export { frame, pack, zeros } from './copies';
export { depthwiseFilterGradient, depthwiseInputGradient } from './depthwise';
export { gradientProducts } from './gradient-products';
export { maxPoolGradient } from './max-pooling';
export { products } from './products';
export { rectifierGradient } from './rectifier';
