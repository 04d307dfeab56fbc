// The importing process with a decoder that crashes or never comes back, at pictures that say so; and with
// limits of a test's patience.
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { buildProgram } from '../build-program';
import { pngBytes, pngChunks, pngOfChunks } from '../pictures';

export type Sabotage = 'crash' | 'spin';

const REPLACED: [file: string, from: string, to: string][] = [
  ['decode-picture.ts', "'@napi-rs/image'", `'${join(__dirname, 'sabotaged-decoder.ts')}'`],
  ['decode-guard.ts', '30_000', '300'],
  ['datasets/process.ts', 'ALIVE_EVERY_MS = 5_000', 'ALIVE_EVERY_MS = 100'],
];

/** A good picture, and what is to become of it. */
export const sabotagedPng = (how: Sabotage, seed = 0): Buffer => sabotaged(how, pngBytes({ seed }));

export function sabotaged(how: Sabotage, png: Buffer): Buffer {
  const [header, ...rest] = pngChunks(png);
  return pngOfChunks([header, { type: 'tEXt', data: Buffer.from(`Comment\0sabotage:${how};`) }, ...rest]);
}

/** `name`: of the test file, which may run beside another that builds it. */
export function buildSabotagedImporter(name: string): Promise<string> {
  const made = new Set<string>();
  const plugin: Plugin = {
    name: 'sabotage',
    enforce: 'pre',
    transform(code, id) {
      const replaced = REPLACED.find(([file]) => id.endsWith(file));
      if (!replaced) return undefined;
      const [file, from, to] = replaced;
      if (!code.includes(from)) throw new Error(`${file} has no ${from}.`);
      made.add(file);
      return code.replace(from, to);
    },
    closeBundle() {
      if (made.size < REPLACED.length) throw new Error('Not everything was replaced.');
    },
  };
  return buildProgram('src/datasets/process.ts', `sabotaged-importer-${name}`, [plugin]);
}
