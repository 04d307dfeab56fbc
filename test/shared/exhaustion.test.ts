// Texts in which engines really said that memory ran out, with the thread each was seen in, and others that only look like it.
import { describe, expect, it } from 'vitest';
import { bytesAskedFor, tellsOfExhaustion } from '#shared/exhaustion';

/** [text, where it was seen, bytes it names] */
const REAL: [string, string, number?][] = [
  [
    'Error: Invalid TF_Status: 8\nMessage: OOM when allocating tensor with shape[1,3688,3688,3] and type float on /job:localhost/replica:0/task:0/device:GPU:0 by allocator GPU_0_bfc',
    'tensorflow/tfjs#2760',
    3688 * 3688 * 3 * 4,
  ],
  [
    'OP_REQUIRES failed at cwise_ops_common.cc:70 : Resource exhausted: OOM when allocating tensor with shape[1,187,103,4] and type float on /job:localhost/replica:0/task:0/device:GPU:0 by allocator GPU_0_bfc',
    'tensorflow/tfjs#808',
    187 * 103 * 4 * 4,
  ],
  [
    'ResourceExhaustedError (see above for traceback): OOM when allocating tensor with shape[100,4096,32]',
    'santi-pdp/segan#42',
    52_428_800,
  ],
  [
    'ResourceExhaustedError: OOM when allocating tensor with shape[128,128,109,109] and type float on /job:localhost/replica:0/task:0/device:GPU:1 by allocator GPU_1_bfc',
    'keras-team/keras#9643',
    128 * 128 * 109 * 109 * 4,
  ],
  ['failed to allocate 1.51G (1617277696 bytes) from device: CUDA_ERROR_OUT_OF_MEMORY', 'tensorflow/tensorflow#12237', 1_617_277_696],
  [
    'failed to allocate 7.81G (8387559424 bytes) from device: CUDA_ERROR_OUT_OF_MEMORY: out of memory',
    'tensorflow/tensorflow#52123',
    8_387_559_424,
  ],
  ['failed to alloc 34359738368 bytes on host: CUDA_ERROR_OUT_OF_MEMORY: out of memory', 'talmolab/sleap#2001', 34_359_738_368],
  [
    'Allocator (GPU_0_bfc) ran out of memory trying to allocate 560.44MiB (rounded to 587661312)requested by op _EagerConst',
    'tensorflow/tensorflow#60401',
    587_661_312,
  ],
  [
    'InternalError: Failed copying input tensor from /job:localhost/replica:0/task:0/device:CPU:0 to /job:localhost/replica:0/task:0/device:GPU:0 in order to run _EagerConst: Dst tensor is not initialized.',
    'tensorflow/tensorflow#60401',
  ],
  ['failed to create cublas handle: CUBLAS_STATUS_ALLOC_FAILED', 'tensorflow/tensorflow#45423'],
  ['Could not create cudnn handle: CUDNN_STATUS_ALLOC_FAILED', 'tensorflow/tensorflow#39989'],
  [
    'Invalid TF_Status: 10\nMessage: Operation received an exception:Status: 1, message: could not create a memory object, in file tensorflow/core/kernels/mkl/mkl_conv_ops.cc:1112',
    'TensorFlow 2.21.0, provoked in test/trainer/tensorflow/exhaustion.test.ts',
  ],
  ["terminate called after throwing an instance of 'std::bad_alloc'\n  what():  std::bad_alloc", 'tensorflow/tensorflow#19603'],
  ['RangeError: WebAssembly Instantiation: Out of memory: wasm memory', 'tensorflow/tfjs#5453'],
  ['abort("Cannot enlarge memory arrays. Either (1) compile with  -s TOTAL_MEMORY=X', 'intel/webml-polyfill#139'],
  // Seen on Node 20: new Float32Array(2 ** 33), and a heap grown past --max-old-space-size.
  ['RangeError: Array buffer allocation failed', 'Node 20'],
  ['FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory', 'Node 20'],
];

describe('exhaustion in an engine’s own words', () => {
  it.each(REAL)('is recognised: %s (%s)', (text, _, bytes) => {
    expect(tellsOfExhaustion(text)).toBe(true);
    expect(bytesAskedFor(text)).toBe(bytes);
  });

  it.each([
    // tensorflow/tensorflow#18905, #24487, #30383: oneDNN's complaints about shapes, which smaller pieces would not cure.
    'Aborted: Operation received an exception:Status: 3, message: could not create a concat primitive descriptor',
    'Aborted: Operation received an exception:Status: 5, message: could not create a primitive descriptor iterator',
    'Aborted: Operation received an exception:Status: 10, message: could not execute a primitive',
    'could not initialize a memory descriptor, in file tensorflow/core/kernels/mkl_concat_op.cc:380',
    // tensorflow/tensorflow#30912, in the same log as real ones: the library is missing, not memory.
    'failed to create cublas handle: CUBLAS_STATUS_NOT_INITIALIZED',
    // tensorflow/tfjs#5935: an address, not an allocation.
    'RuntimeError: memory access out of bounds',
    // A remark, not a failure (#52123, #32520).
    'Allocation of 3456000000 exceeds 10% of system memory.',
    'Invalid argument: Incompatible shapes: [4,3] vs. [5,3]',
    'Error: Invalid TF_Status: 3\nMessage: Incompatible shapes',
    'ENOSPC: no space left on device',
  ])('is not what this says: %s', (text) => {
    expect(tellsOfExhaustion(text)).toBe(false);
  });
});
