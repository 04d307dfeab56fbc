// Run by convolution-threads.test.ts in a process of its own, which has so many threads and registers so wide as its environment says: a hash of
// what our convolutions, their gradients and those of dense weights compute, in shapes that are summed by one thread, by several, and several
// times side by side; one of max pooling and its gradient; and how many columns are computed at a time.
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';

const native = createRequire(import.meta.url)(process.argv[2]);

const product = (shape) => shape.reduce((a, b) => a * b, 1);
const waves = (shape, salt) => Float32Array.from({ length: product(shape) }, (_, i) => Math.sin(12.9898 * i + salt));
const upload = (shape, salt) => native.uploadTensor(shape, native.TF_FLOAT, waves(shape, salt));
const attributes = (values) => Object.entries(values).map(([name, value]) => ({ name, type: native.TF_ATTR_INT, value }));

const SHAPES = [
  { pictures: 16, side: 24, channels: 64, filters: 64, kernel: 3, stride: 1 },
  { pictures: 9, side: 13, channels: 67, filters: 35, kernel: 3, stride: 2 },
  { pictures: 33, side: 7, channels: 128, filters: 96, kernel: 1, stride: 2 },
  { pictures: 8, side: 64, channels: 32, filters: 48, kernel: 3, stride: 1 },
  { pictures: 4, side: 3, channels: 512, filters: 512, kernel: 3, stride: 1 },
];

const products = createHash('sha256');
const pooling = createHash('sha256');
function addValues(hash, id) {
  const { buffer, byteOffset, byteLength } = native.tensorDataSync(id);
  hash.update(new Uint8Array(buffer, byteOffset, byteLength));
}
function add(hash, op, settings, inputs) {
  const [{ id }] = native.executeOp(op, settings, inputs, 1);
  addValues(hash, id);
}

for (const { pictures, side, channels, filters, kernel, stride } of SHAPES) {
  const out = Math.ceil(side / stride);
  const pad = Math.max(0, (out - 1) * stride + kernel - side) >> 1;
  const geometry = { stride_down: stride, stride_across: stride, pad_top: pad, pad_left: pad };
  const x = upload([pictures, side, side, channels], 0);
  const w = upload([kernel, kernel, channels, filters], 1);
  const dy = upload([pictures, out, out, filters], 2);
  const calls = [
    ['OverbatchConvolution', { height: out, width: out, ...geometry }, [x, w]],
    ['OverbatchInputGradient', { height: side, width: side, ...geometry }, [dy, w]],
    ['OverbatchFilterGradient', { filter_height: kernel, filter_width: kernel, ...geometry }, [x, dy]],
  ];
  for (const [op, sizes, inputs] of calls) {
    add(products, op, attributes(sizes), inputs);
  }
}
add(
  products,
  'OverbatchDepthwiseFilterGradient',
  attributes({ filter_height: 5, filter_width: 5, stride_down: 1, stride_across: 1, pad_top: 2, pad_left: 2 }),
  [upload([9, 14, 14, 200], 6), upload([9, 14, 14, 200], 7)],
);
add(products, 'OverbatchDenseGradient', [], [upload([300, 521], 3), upload([300, 257], 4)]);

const UINT8 = 4;
const types = [
  { name: 'SrcT', type: native.TF_ATTR_TYPE, value: UINT8 },
  { name: 'DstT', type: native.TF_ATTR_TYPE, value: native.TF_INT32 },
];
const padding = { name: 'padding', type: native.TF_ATTR_STRING, value: 'SAME' };
for (const [window, stride] of [
  [3, 2],
  [3, 1],
  [16, 5],
]) {
  const [pictures, height, width, channels] = [9, 33, 31, 71];
  const pixels = waves([pictures, height, width, channels], 5);
  // In the first pictures alone: where there are none, blocks of channels are compared.
  for (let i = 0; i < pixels.length / 3; i += 997) pixels[i] = NaN;
  const settings = [...attributes({ window, stride }), padding];
  const picture = native.uploadTensor([pictures, height, width, channels], native.TF_FLOAT, pixels);
  const [{ id: pooled }, { id: codes }] = native.executeOp('OverbatchMaxPool', settings, [picture], 2);
  addValues(pooling, pooled);
  // Bytes cannot be read.
  add(pooling, 'Cast', types, [codes]);
  const slopes = upload([pictures, Math.ceil(height / stride), Math.ceil(width / stride), channels], 8);
  add(pooling, 'OverbatchMaxPoolGradient', [...settings, ...attributes({ height, width })], [slopes, codes]);
}
console.log(JSON.stringify({ products: products.digest('hex'), pooling: pooling.digest('hex'), columns: native.tileColumns }));
