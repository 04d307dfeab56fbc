// A model in TF.js' layers format opened and asked: numbers in, numbers out.
import { io, tensor, type Tensor } from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import { startEngine } from './engine';

export interface OpenedModel {
  /** @param inputs count × input shape, as the first layer takes them @returns count × output shape */
  answer(inputs: Float32Array, count: number): Promise<Float32Array>;
}

export interface Saved {
  /** model.json */
  model: string;
  weights: Uint8Array;
  /** TF.js' WebAssembly program. */
  wasm: Uint8Array;
}

/** @throws where the browser cannot run it, or the model is not whole */
export async function openModel({ model, weights, wasm }: Saved): Promise<OpenedModel> {
  await startEngine(new Uint8Array(wasm));
  const { modelTopology, weightsManifest } = JSON.parse(model) as io.ModelJSON;
  const opened = await loadLayersModel(
    io.fromMemory({ modelTopology, weightSpecs: weightsManifest[0].weights, weightData: new Uint8Array(weights).buffer }),
  );
  const shape = opened.inputs[0].shape.slice(1) as number[];
  return {
    async answer(inputs, count) {
      const x = tensor(new Float32Array(inputs), [count, ...shape], 'float32');
      const y = opened.predict(x) as Tensor;
      x.dispose();
      try {
        return (await y.data()) as Float32Array;
      } finally {
        y.dispose();
      }
    },
  };
}
