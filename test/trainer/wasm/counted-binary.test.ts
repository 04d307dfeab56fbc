// The rewriting of TF.js's WebAssembly programs: both of them still are valid, and another program is refused.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { countAllocations, EVENT, POINTER, SIZE } from '#trainer/wasm/counted-binary';
import { wasmPackageFolder } from '#trainer/wasm/module';

const program = (name: string): Promise<Uint8Array> => readFile(join(wasmPackageFolder(), 'wasm-out', name));

describe.each(['tfjs-backend-wasm-simd.wasm', 'tfjs-backend-wasm.wasm'])('%s', (name) => {
  it('stays valid, and exports what it did and the three globals', async () => {
    const binary = await program(name);
    const counted = countAllocations(binary);
    expect(WebAssembly.validate(counted)).toBe(true);
    const exports = (bytes: Uint8Array) => WebAssembly.Module.exports(new WebAssembly.Module(new Uint8Array(bytes)));
    expect(exports(counted)).toEqual([...exports(binary), ...[EVENT, POINTER, SIZE].map((global) => ({ name: global, kind: 'global' }))]);
  });

  it('is rewritten once: what is already rewritten is not the program known', async () => {
    expect(() => countAllocations(countAllocations(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])))).toThrow(
      'not the one this version knows',
    );
  });
});
