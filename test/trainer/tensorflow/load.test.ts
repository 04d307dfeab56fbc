// Loading: a report of what runs, and a sentence where it cannot.
import * as tf from '@tensorflow/tfjs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import util from 'node:util';
import { describe, expect, it } from 'vitest';
import { FailureError } from '#shared/failure';
import { loadTensorFlow } from '#trainer/tensorflow/load';
import { restoreUtilTests } from '#trainer/tensorflow/node-compat';
import { temporaryFolder } from '#test/support/temporary-folder';
import { describeTensorFlow } from '#test/support/tensorflow';

async function failureOf(folder: string): Promise<string> {
  const error: unknown = await loadTensorFlow(folder, 'cpu').catch((e: unknown) => e);
  expect(error).toBeInstanceOf(FailureError);
  expect((error as FailureError).failure).toMatchObject({ kind: 'engine-unavailable', engine: 'tensorflow-cpu' });
  return (error as Error).message;
}

describe('an engine that cannot be loaded', () => {
  it('is not there', async () => {
    expect(await failureOf(join(await temporaryFolder(), 'nowhere'))).toMatch(
      /it is not installed \(there is no .*tfjs_binding\.node\)\.$/,
    );
  });

  it('is damaged', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'tfjs_binding.node'), 'not a library');
    expect(await failureOf(folder)).toMatch(/"tensorflow-cpu" cannot be used here: .+\.$/);
  });
});

it('puts back the type tests that Node 23 removed', () => {
  const names = ['isArray', 'isNullOrUndefined'] as const;
  const module = util as unknown as Record<string, ((value: unknown) => boolean) | undefined>;
  const before = names.map((name) => module[name]);
  for (const name of names) module[name] = undefined;
  restoreUtilTests();
  expect(module.isNullOrUndefined?.(null)).toBe(true);
  expect(module.isNullOrUndefined?.(0)).toBe(false);
  expect(module.isArray?.([])).toBe(true);
  names.forEach((name, i) => (module[name] = before[i]));
});

describeTensorFlow('loading', (runtime) => {
  it('reports TensorFlow and makes it the backend', () => {
    expect(runtime().report).toMatchObject({ name: 'tensorflow-cpu', version: expect.stringMatching(/^TensorFlow \d+\.\d+/), skipped: [] });
    expect(tf.getBackend()).toBe('tensorflow');
    expect(process.env.TF_ENABLE_ONEDNN_OPTS).toBe('1');
  });

  it('refuses a second build in the same process instead of ending it', async () => {
    const error: unknown = await loadTensorFlow(await temporaryFolder(), 'cuda').catch((e: unknown) => e);
    expect((error as Error).message).toMatch(/another build of TensorFlow is loaded already/);
  });
});
