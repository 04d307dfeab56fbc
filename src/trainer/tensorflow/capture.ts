// Makes a pure function of tensors one TensorFlow function: run once on symbolic tensors, of which only shapes are known, while every op
// is written down; later calls are one op. CAPTURE.md of the design tells why.
import { tidy, type Tensor } from '@tensorflow/tfjs-core';
import type { CompiledFunction, TensorFunction, TensorSpec } from '#engine/runtime';
import { DEFAULT_PRECISION, type Precision } from '#shared/run-spec';
import type { BackendBinding, NativeBinding, TensorFlowBackend, Trace } from './binding';
import { traceNarrow } from './mixed-precision';

export class CaptureError extends Error {
  constructor(name: string, problem: string, options?: ErrorOptions) {
    super(`${name} cannot be captured: ${problem}`, options);
    this.name = 'CaptureError';
  }
}

/** Functions share one name space for as long as the process lives. */
let captured = 0;

/** @throws CaptureError when `fn` reads values, keeps tensors, or closes over more than a few KB of data */
export function capture(
  native: NativeBinding,
  backend: TensorFlowBackend,
  name: string,
  fn: TensorFunction,
  specs: TensorSpec[],
  precision: Precision = DEFAULT_PRECISION,
): CompiledFunction {
  const functionName = `${name.replace(/\W/g, '_')}_${++captured}`;
  const end: Use = (session, from, to) => {
    native.traceEnd(session, functionName, from, to);
    return to.length;
  };
  const outputs = trace(native, backend, { name, fn, specs, precision }, end, () => native.removeFunction(functionName));
  let disposed = false;
  return {
    name,
    call(inputs) {
      if (disposed) throw new Error(`${name} was called after it was disposed of.`);
      checkInputs(name, inputs, specs);
      return backend.executeMultipleOutputs(functionName, [], inputs, outputs);
    },
    dispose() {
      if (disposed) return;
      disposed = true;
      native.removeFunction(functionName);
    },
  };
}

/** Bytes above its inputs that `fn` would need at once, captured: an estimate from shapes alone. */
export const forecastBytes = (native: NativeBinding, backend: TensorFlowBackend, traced: Traced): number =>
  trace(native, backend, traced, (session, _, to) => native.traceForecast(session, to));

export interface Traced {
  name: string;
  fn: TensorFunction;
  specs: TensorSpec[];
  precision: Precision;
}

/** What becomes of the ops that were written down: inputs and outputs by id. */
type Use = (session: Trace, inputs: number[], outputs: number[]) => number;

/** Writes the function's ops down; `undo` is called where what `use` made may not stay. */
function trace(
  native: NativeBinding,
  backend: TensorFlowBackend,
  { name, fn, specs, precision }: Traced,
  use: Use,
  undo = () => {},
): number {
  const direct = backend.binding;
  if ('isTracing' in direct) throw new CaptureError(name, 'another function is being captured.');
  const before = backend.numDataIds();
  const session = native.traceBegin();
  const refused: CaptureError[] = [];
  const dtypes = { float32: native.TF_FLOAT, int32: native.TF_INT32 };
  const write: BackendBinding['executeOp'] =
    precision === 'float32' ? (...op) => native.traceOp(session, ...op) : traceNarrow(native, session, precision);
  backend.binding = tracingBinding(direct, write, precision, (problem) => {
    refused.push(new CaptureError(name, problem));
    return refused[0];
  });
  let answer: number;
  try {
    answer = tidy(() => {
      const inputs = specs.map(({ shape, dtype }) => backend.createOutputTensor(native.traceInput(session, dtypes[dtype], shape)));
      const outputs = fn(inputs);
      if (refused.length > 0) throw refused[0];
      return use(session, backend.getInputTensorIds(inputs), backend.getInputTensorIds(outputs));
    });
  } catch (error) {
    throw error instanceof CaptureError ? error : new CaptureError(name, messageOf(error), { cause: error });
  } finally {
    backend.binding = direct;
    native.traceFree(session);
  }
  const kept = backend.numDataIds() - before;
  if (kept > 0) {
    undo();
    throw new CaptureError(name, `${kept} of its tensors outlive the call.`);
  }
  return answer;
}

/** Ops are written down, reads of what has no value yet are refused; everything else goes on as always. */
function tracingBinding(
  direct: BackendBinding,
  write: BackendBinding['executeOp'],
  tracedPrecision: Precision,
  refuse: (problem: string) => CaptureError,
): BackendBinding {
  const replaced: Partial<BackendBinding> & { isTracing: true; tracedPrecision: Precision } = {
    isTracing: true,
    tracedPrecision,
    executeOp: write,
    tensorDataSync: (id) => {
      if (id >= 0) return direct.tensorDataSync(id);
      throw refuse('it reads the values of a tensor, which it has only when it runs. Compute with tensors instead.');
    },
  };
  return Object.create(direct, Object.getOwnPropertyDescriptors(replaced)) as BackendBinding;
}

/** A captured function would run on other shapes too, and end in a wrong result or deep inside TensorFlow. */
function checkInputs(name: string, inputs: Tensor[], specs: TensorSpec[]): void {
  if (inputs.length !== specs.length) throw new Error(`${name} takes ${specs.length} tensors, ${inputs.length} were given.`);
  for (const [i, { shape, dtype }] of specs.entries()) {
    const input = inputs[i];
    if (input.dtype === dtype && input.shape.length === shape.length && input.shape.every((d, k) => d === shape[k])) continue;
    throw new Error(`${name}, input ${i}: expected ${dtype} [${shape.join(', ')}], found ${input.dtype} [${input.shape.join(', ')}].`);
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
