// One thread or several: our convolutions, their gradients, those of dense weights and max pooling have the same bits; pooling on every processor.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { nativeFolder } from '#trainer/tensorflow/install/locate';
import { engineIsInstalled } from '#test/support/tensorflow';

const run = promisify(execFile);
const program = join(import.meta.dirname, 'convolution-bits.mjs');
const binding = join(nativeFolder('cpu'), 'tfjs_binding.node');

interface Bits {
  products: string;
  pooling: string;
  columns: number;
}

describe.skipIf(!engineIsInstalled())('our ops', () => {
  const bits = async (threads: number, registers = 16): Promise<Bits> => {
    const sizes = { TF_NUM_INTRAOP_THREADS: String(threads), OVERBATCH_REGISTERS: String(registers) };
    const { stdout } = await run(process.execPath, [program, binding], { env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3', ...sizes } });
    return JSON.parse(stdout) as Bits;
  };

  it('have the same bits with one thread and with several, and pooling with registers of any width', async () => {
    const one = await bits(1);
    expect(one.products).toMatch(/^[0-9a-f]{64}$/);
    for (const threads of [2, 7]) expect(await bits(threads), `${threads} threads`).toEqual(one);
    for (const registers of [4, 8]) {
      const narrow = await bits(2, registers);
      expect(narrow.pooling, `${registers} floats a register`).toBe(one.pooling);
      // Else it would be the same version again.
      if (process.arch === 'x64' && registers === 4) expect(narrow.columns).toBeLessThan(one.columns);
    }
  });
});
