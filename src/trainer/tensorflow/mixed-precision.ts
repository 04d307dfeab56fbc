// Fast mode: while a function is captured, its products (convolutions and matrices) are told to read and write numbers of half as many
// bits: bfloat16 with the range of float32, float16 with more digits in a narrow one (loss-scale.ts); sums over many values, weights,
// gradients' sums and the update stay float32 (Micikevicius et al. 2018).
import type { Precision } from '#shared/run-spec';
import type { BackendBinding, NativeBinding, Trace } from './binding';

/** TensorFlow's numbers for types that TF.js does not have. */
const NARROW: Record<Exclude<Precision, 'float32'>, number> = { bfloat16: 14, float16: 19 };

/** Places of the inputs that are multiplied; the others tell sizes. */
const PRODUCTS: Record<string, readonly number[]> = {
  Conv2D: [0, 1],
  Conv2DBackpropInput: [1, 2],
  Conv2DBackpropFilter: [0, 2],
  DepthwiseConv2dNative: [0, 1],
  DepthwiseConv2dNativeBackpropInput: [1, 2],
  DepthwiseConv2dNativeBackpropFilter: [0, 2],
  MatMul: [0, 1],
  BatchMatMulV2: [0, 1],
};

/** Writes an op down as `direct` would, its products in narrow numbers. */
export function traceNarrow(native: NativeBinding, session: Trace, precision: keyof typeof NARROW): BackendBinding['executeOp'] {
  const narrowType = NARROW[precision];
  const cast = (id: number, from: number, to: number): number => {
    const type = (name: string, value: number) => ({ name, type: native.TF_ATTR_TYPE, value });
    return native.traceOp(session, 'Cast', [type('SrcT', from), type('DstT', to)], [id], 1)[0].id;
  };
  return (op, attributes, inputs, outputs) => {
    const multiplied = PRODUCTS[op];
    if (!multiplied) return native.traceOp(session, op, attributes, inputs, outputs);
    const halved = attributes.map((attribute) => (attribute.name === 'T' ? { ...attribute, value: narrowType } : attribute));
    const narrow = inputs.map((id, place) => (multiplied.includes(place) ? cast(id, native.TF_FLOAT, narrowType) : id));
    const results = native.traceOp(session, op, halved, narrow, outputs);
    return results.map((result) => ({ ...result, id: cast(result.id, narrowType, native.TF_FLOAT), dtype: native.TF_FLOAT }));
  };
}
