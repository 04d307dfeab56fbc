// The native engine in tests: skipped with its reason where it is not installed, a failure where OVERBATCH_REQUIRE_NATIVE=1.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { nativeFolder } from '#trainer/tensorflow/install/locate';
import { loadTensorFlow, type TensorFlowRuntime } from '#trainer/tensorflow/load';

const folder = nativeFolder('cpu');
const isInstalled = existsSync(join(folder, 'tfjs_binding.node'));
const isRequired = process.env.OVERBATCH_REQUIRE_NATIVE === '1';

/** A group of tests that run on TensorFlow; `runtime()` is the loaded engine, once they run. */
export function describeTensorFlow(name: string, body: (runtime: () => TensorFlowRuntime) => void): void {
  if (!isInstalled && isRequired) {
    it(`${name}: the native engine is required here`, () => expect.fail(`There is no engine in ${folder}.`));
    return;
  }
  const reason = isInstalled ? '' : ' (skipped: the TensorFlow engine is not installed; npm run engine -- install cpu)';
  describe.skipIf(!isInstalled)(`${name}${reason}`, () => {
    let loaded: TensorFlowRuntime;
    beforeAll(async () => {
      loaded = await loadTensorFlow(folder, 'cpu');
    }, 60_000);
    body(() => loaded);
  });
}

/** For tests that start the engine in another process; throws where it is required and missing. */
export function engineIsInstalled(): boolean {
  if (!isInstalled && isRequired) throw new Error(`The native engine is required here, and there is none in ${folder}.`);
  return isInstalled;
}
