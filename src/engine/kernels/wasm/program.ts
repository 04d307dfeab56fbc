// What our WebAssembly program exports (native/wasm): pointers into the heap, counts, and steps in bytes.

export interface KernelProgram {
  zeros(target: number, values: number): void;
  frame(
    source: number,
    height: number,
    width: number,
    channels: number,
    target: number,
    newHeight: number,
    newWidth: number,
    top: number,
    left: number,
  ): void;
  pack(
    source: number,
    target: number,
    rows: number,
    rowStep: number,
    columns: number,
    columnStep: number,
    inputs: number,
    inputStep: number,
    outputs: number,
    outputStep: number,
  ): void;
  products(
    source: number,
    rowStep: number,
    columnStep: number,
    runRows: number,
    runRowStep: number,
    runColumns: number,
    runColumnStep: number,
    runLength: number,
    panels: number,
    bias: number,
    outputs: number,
    target: number,
    targetRowStep: number,
    targetColumnStep: number,
    height: number,
    width: number,
  ): void;
  gradientProducts(
    source: number,
    rowStep: number,
    columnStep: number,
    slope: number,
    slopeRowStep: number,
    slopeColumnStep: number,
    height: number,
    width: number,
    runRows: number,
    runRowStep: number,
    runColumns: number,
    runColumnStep: number,
    runLength: number,
    outputs: number,
    target: number,
  ): void;
  sumOverPlaces(x: number, size: number, channels: number, scratch: number, factor: number, out: number): void;
  addBias(x: number, bias: number, out: number, size: number, channels: number, scratch: number): void;
  /** target += source. */
  addInto(target: number, source: number, size: number): void;
  depthwiseFilterGradient(
    source: number,
    rowStep: number,
    columnStep: number,
    slope: number,
    height: number,
    width: number,
    channels: number,
    rows: number,
    tapRowStep: number,
    columns: number,
    tapColumnStep: number,
    target: number,
  ): void;
  depthwiseInputGradient(
    slope: number,
    filter: number,
    height: number,
    width: number,
    channels: number,
    target: number,
    rowStep: number,
    columnStep: number,
    rows: number,
    tapRowStep: number,
    columns: number,
    tapColumnStep: number,
  ): void;
  batchNorm(
    x: number,
    scale: number,
    offset: number,
    epsilon: number,
    size: number,
    channels: number,
    y: number,
    mean: number,
    variance: number,
    inverse: number,
    scratch: number,
  ): void;
  batchNormGradient(
    dy: number,
    x: number,
    scale: number,
    mean: number,
    inverse: number,
    size: number,
    channels: number,
    dx: number,
    dscale: number,
    doffset: number,
    scratch: number,
  ): void;
  rectifierGradient(dy: number, y: number, most: number, dx: number, size: number): void;
  maxPoolGradient(
    dy: number,
    x: number,
    dx: number,
    samples: number,
    height: number,
    width: number,
    channels: number,
    outHeight: number,
    outWidth: number,
    windowHeight: number,
    windowWidth: number,
    strideHeight: number,
    strideWidth: number,
    top: number,
    left: number,
  ): void;
}

/** Values of a line as the program's channels.ts has it: the least multiple of the channels that is one of 4. */
export const lineOf = (channels: number): number => (channels % 4 === 0 ? channels : channels % 2 === 0 ? 2 * channels : 4 * channels);
