// The committed program is what native/wasm compiles to, and it asks for nothing but the memory it works in.
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { KERNELS_BASE64 } from '#trainer/wasm/kernels-binary';
import { compileProgram } from '../../../scripts/setup/kernels.mjs';

const committed = new Uint8Array(Buffer.from(KERNELS_BASE64, 'base64'));

describe('our kernels', () => {
  it('are compiled from their sources (if not: npm run kernels)', async () => {
    expect(Buffer.from(await compileProgram('native/wasm')).equals(committed)).toBe(true);
  });

  it('control: other sources make another program', async () => {
    const changed = async (name: string): Promise<string> => {
      const text = await readFile(new URL(`../../../native/wasm/${name}`, import.meta.url), 'utf8');
      return name === 'rectifier.ts' ? text.replace('value > 0', 'value > 1') : text;
    };
    expect(Buffer.from(await compileProgram('native/wasm', changed)).equals(committed)).toBe(false);
  });

  it('have no memory and no data of their own', () => {
    const module = new WebAssembly.Module(committed);
    expect(WebAssembly.Module.imports(module)).toEqual([{ module: 'env', name: 'memory', kind: 'memory' }]);
    const kinds = WebAssembly.Module.exports(module).filter(({ kind }) => kind === 'global' || kind === 'table');
    expect(kinds).toEqual([]);
    const memory = new WebAssembly.Memory({ initial: 1 });
    new WebAssembly.Instance(module, { env: { memory } });
    expect(new Uint8Array(memory.buffer).every((byte) => byte === 0)).toBe(true);
  });
});
