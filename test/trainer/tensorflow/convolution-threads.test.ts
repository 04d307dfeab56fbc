// One thread or several: our convolutions, their gradients, those of dense weights and max pooling have the same bits.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { nativeFolder } from '#trainer/tensorflow/install/locate';
import { engineIsInstalled } from '#test/support/tensorflow';

const run = promisify(execFile);
const program = join(import.meta.dirname, 'convolution-bits.mjs');
const binding = join(nativeFolder('cpu'), 'tfjs_binding.node');

describe.skipIf(!engineIsInstalled())('our convolutions', () => {
  const bits = async (threads: number): Promise<string> => {
    const env = { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3', TF_NUM_INTRAOP_THREADS: String(threads) };
    return (await run(process.execPath, [program, binding], { env })).stdout;
  };

  it('have the same bits with one thread and with several', async () => {
    const one = await bits(1);
    expect(one).toMatch(/^[0-9a-f]{64}\n$/);
    for (const threads of [2, 7]) expect(await bits(threads), `${threads} threads`).toBe(one);
  });
});
