// ONNX files as protocol buffers: the messages of onnx.proto that a network needs, by their field numbers there.
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import type { Shape } from '#engine/layers/layer';

/** A whole number, several, or one with a fraction. */
export type Attribute = number | readonly number[] | { float: number };

export interface Operation {
  type: string;
  name: string;
  inputs: readonly string[];
  output: string;
  attributes: Readonly<Record<string, Attribute>>;
}

export interface Constant {
  name: string;
  shape: Shape;
  values: Float32Array | BigInt64Array;
}

/** A tensor of any number of samples; without the axis of samples. */
export interface Port {
  name: string;
  shape: Shape;
}

export interface Model {
  name: string;
  about: string;
  opset: number;
  input: Port;
  output: Port;
  operations: readonly Operation[];
  constants: readonly Constant[];
  metadata: Readonly<Record<string, string>>;
}

/** The format of 2022, the first that opset 17 goes with. */
const IR_VERSION = 8;
const FLOAT = 1;
const INT64 = 7;
const ATTRIBUTE_KINDS = { float: 1, int: 2, ints: 7 };

const { Varint, Bit32, LengthDelimited } = WireType;

type Write = (to: BinaryWriter) => void;

const text = (to: BinaryWriter, field: number, value: string): BinaryWriter => to.tag(field, LengthDelimited).string(value);
const number = (to: BinaryWriter, field: number, value: number): BinaryWriter => to.tag(field, Varint).int64(value);

function message(to: BinaryWriter, field: number, write: Write): void {
  to.tag(field, LengthDelimited).fork();
  write(to);
  to.join();
}

function attribute(to: BinaryWriter, name: string, value: Attribute): void {
  text(to, 1, name);
  if (typeof value === 'number') {
    number(to, 3, value);
    number(to, 20, ATTRIBUTE_KINDS.int);
  } else if ('float' in value) {
    to.tag(2, Bit32).float(value.float);
    number(to, 20, ATTRIBUTE_KINDS.float);
  } else {
    for (const one of value) number(to, 8, one);
    number(to, 20, ATTRIBUTE_KINDS.ints);
  }
}

function operation(to: BinaryWriter, { type, name, inputs, output, attributes }: Operation): void {
  for (const input of inputs) text(to, 1, input);
  text(to, 2, output);
  text(to, 3, name);
  text(to, 4, type);
  for (const [key, value] of Object.entries(attributes)) message(to, 5, () => attribute(to, key, value));
}

function constant(to: BinaryWriter, { name, shape, values }: Constant): void {
  for (const size of shape) number(to, 1, size);
  number(to, 2, values instanceof Float32Array ? FLOAT : INT64);
  text(to, 8, name);
  to.tag(9, LengthDelimited).bytes(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
}

function port(to: BinaryWriter, { name, shape }: Port): void {
  text(to, 1, name);
  const axis = (write: Write): void => message(to, 1, write);
  const axes = (): void => {
    axis(() => text(to, 2, 'batch'));
    for (const size of shape) axis(() => number(to, 1, size));
  };
  const tensor = (): void => {
    number(to, 1, FLOAT);
    message(to, 2, axes);
  };
  message(to, 2, () => message(to, 1, tensor));
}

function graph(to: BinaryWriter, { name, operations, constants, input, output }: Model): void {
  for (const one of operations) message(to, 1, () => operation(to, one));
  text(to, 2, name);
  for (const one of constants) message(to, 5, () => constant(to, one));
  message(to, 11, () => port(to, input));
  message(to, 12, () => port(to, output));
}

export function encodeModel(model: Model): Uint8Array {
  const to = new BinaryWriter();
  number(to, 1, IR_VERSION);
  text(to, 2, 'Overbatch');
  text(to, 6, model.about);
  message(to, 7, () => graph(to, model));
  message(to, 8, () => {
    text(to, 1, '');
    number(to, 2, model.opset);
  });
  for (const [key, value] of Object.entries(model.metadata))
    message(to, 14, () => {
      text(to, 1, key);
      text(to, 2, value);
    });
  return to.finish();
}
