// Exhausted memory in an engine's own words: TensorFlow, CUDA, oneDNN, C++, WebAssembly and V8 each say it differently. One place knows.

/** Where each text was seen is in test/shared/exhaustion.test.ts. */
const TEXTS = [
  // TensorFlow's status 8 and what its allocators say.
  /\bResource ?Exhausted(Error)?\b/i,
  /\bRESOURCE_EXHAUSTED\b/,
  /\bOOM when allocating\b/,
  /\bran out of memory trying to allocate\b/i,
  /\bInvalid TF_Status: 8\b/,
  // oneDNN's dnnl_out_of_memory, which TensorFlow passes on as status 10; its other numbers are shapes and kernels that are not there.
  /\bOperation received an exception: ?Status: 1, message: /,
  // A copy to the device for which there was no room.
  /\bDst tensor is not initialized\b/,
  // The driver, cuBLAS, cuDNN.
  /\bCUDA_ERROR_OUT_OF_MEMORY\b/,
  /\bcudaErrorMemoryAllocation\b/,
  /\bCU(BLAS|DNN|SOLVER|SPARSE|FFT)_(STATUS_)?ALLOC_FAILED\b/,
  /\bfailed to allocate [\d.]+ ?[KMGT]?i?B? \(\d+ bytes\)/i,
  // C++ and the system.
  /\bstd::bad_alloc\b/,
  /\bCannot allocate memory\b/i,
  /\bENOMEM\b/,
  /\bnot enough memory\b/i,
  /\bout of memory\b/i,
  // WebAssembly and V8.
  /\bCannot enlarge memory\b/,
  /\bAborted?\(OOM\)/i,
  /\bArray buffer allocation failed\b/,
  /\bheap limit Allocation failed\b/i,
];

/** Does this text of an engine, of a library or of a dying process say that memory ran out? */
export const tellsOfExhaustion = (text: string): boolean => TEXTS.some((pattern) => pattern.test(text));

/** Bytes the text says were asked for and not there; undefined when it names none. */
export function bytesAskedFor(text: string): number | undefined {
  const inBytes = /failed to alloc(?:ate)? [\w. ]*\((\d+) bytes\)|failed to alloc (\d+) bytes|rounded to (\d+)/i.exec(text);
  if (inBytes) return Number(inBytes[1] ?? inBytes[2] ?? inBytes[3]);
  const shape = /allocating tensor with shape ?\[([\d, ]+)\](?: and type (\w+))?/.exec(text);
  if (!shape) return undefined;
  return shape[1].split(',').reduce((count, side) => count * Number(side), BYTES_OF_TYPE[shape[2] ?? 'float'] ?? 4);
}

const BYTES_OF_TYPE: Record<string, number> = { half: 2, bfloat16: 2, float: 4, double: 8, int8: 1, uint8: 1, bool: 1, int32: 4, int64: 8 };
