// Run by convolution-threads.test.ts in a process of its own, which has so many threads as its environment says: one hash of what our
// convolutions, their gradients, those of dense weights and max pooling compute, in shapes that are summed by one thread, by several, and several times side by side.
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';

const native = createRequire(import.meta.url)(process.argv[2]);

const product = (shape) => shape.reduce((a, b) => a * b, 1);
const upload = (shape, salt) =>
  native.uploadTensor(
    shape,
    native.TF_FLOAT,
    Float32Array.from({ length: product(shape) }, (_, i) => Math.sin(12.9898 * i + salt)),
  );
const attributes = (values) => Object.entries(values).map(([name, value]) => ({ name, type: native.TF_ATTR_INT, value }));

const SHAPES = [
  { pictures: 16, side: 24, channels: 64, filters: 64, kernel: 3, stride: 1 },
  { pictures: 9, side: 13, channels: 67, filters: 35, kernel: 3, stride: 2 },
  { pictures: 33, side: 7, channels: 128, filters: 96, kernel: 1, stride: 2 },
  { pictures: 8, side: 64, channels: 32, filters: 48, kernel: 3, stride: 1 },
  { pictures: 4, side: 3, channels: 512, filters: 512, kernel: 3, stride: 1 },
];

const hash = createHash('sha256');
function add(op, settings, inputs) {
  const [{ id }] = native.executeOp(op, settings, inputs, op === 'OverbatchMaxPool' ? 2 : 1);
  const { buffer, byteOffset, byteLength } = native.tensorDataSync(id);
  hash.update(new Uint8Array(buffer, byteOffset, byteLength));
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
    add(op, attributes(sizes), inputs);
  }
}
const windows = attributes({ window: 3, stride: 2 });
const padding = { name: 'padding', type: native.TF_ATTR_STRING, value: 'SAME' };
add('OverbatchMaxPool', [...windows, padding], [upload([9, 33, 31, 70], 5)]);
add(
  'OverbatchDepthwiseFilterGradient',
  attributes({ filter_height: 5, filter_width: 5, stride_down: 1, stride_across: 1, pad_top: 2, pad_left: 2 }),
  [upload([9, 14, 14, 200], 6), upload([9, 14, 14, 200], 7)],
);
add('OverbatchDenseGradient', [], [upload([300, 521], 3), upload([300, 257], 4)]);
console.log(hash.digest('hex'));
