// Grad-CAM captured as one TensorFlow function: the map that its ops give one by one, and no tensor left.
import { dispose, memory, tensor, tidy } from '@tensorflow/tfjs-core';
import { expect, it, vi } from 'vitest';
import { gradCam, gradCamSpecs, lastFeatureMap, scoreOf } from '#engine/grad-cam';
import { initialWeights } from '#engine/initialize';
import { randomStream } from '#engine/random';
import { smallNetwork } from '#test/support/small-networks';
import { describeTensorFlow } from '#test/support/tensorflow';

vi.setConfig({ testTimeout: 120_000 });

describeTensorFlow('Grad-CAM', (runtime) => {
  it.each(['small-cnn', 'resnet-8', 'mobilenet-v2', 'efficientnet-lite0'] as const)('%s', (model) => {
    const network = smallNetwork(model, 3, { shape: [32, 32, 3] });
    const random = randomStream(5);
    const weights = initialWeights(network, 2).map((w, i) =>
      tensor(
        w.map((v) => v + 0.1 * (random() - 0.5)),
        network.weights[i].shape,
      ),
    );
    const picture = tensor(
      Float32Array.from({ length: 32 * 32 * 3 }, () => Math.floor(256 * random())),
      [1, 32, 32, 3],
    );
    const inputs = [picture, tensor(scoreOf(1, 3)), ...weights];
    const fn = gradCam(network, lastFeatureMap(network)!);
    const before = memory().numTensors;
    const compiled = runtime().compile('where', fn, gradCamSpecs(network));
    const captured = compiled.call(inputs);
    const direct = tidy(() => fn(inputs));
    const [a, b] = [captured, direct].map(([map]) => map.dataSync() as Float32Array);
    const most = Math.max(...b);
    expect(most).toBeGreaterThan(0);
    for (const [i, value] of a.entries()) expect(Math.abs(value - b[i])).toBeLessThanOrEqual(1e-6 * most);
    dispose([...captured, ...direct]);
    compiled.dispose();
    expect(memory().numTensors).toBe(before);
    dispose(inputs);
  });
});
