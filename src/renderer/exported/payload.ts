// What the page carries beside its program: facts, model, weights and TF.js' WebAssembly program, in elements that no browser runs.
import type { PageFacts } from '#exports/page-facts';
import type { Saved } from './model';

const textOf = (id: string): string => document.getElementById(id)?.textContent ?? '';

export const readFacts = (): PageFacts => JSON.parse(textOf('facts')) as PageFacts;

/** @throws where the page was cut off, or the browser is too old */
export async function readSaved(): Promise<Saved> {
  return { model: textOf('model'), weights: await unpacked('weights'), wasm: await unpacked('wasm') };
}

/** Compressed bytes in letters; the element goes, for they may be many. */
async function unpacked(id: string): Promise<Uint8Array> {
  const bytes = fromBase64(textOf(id));
  document.getElementById(id)?.remove();
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Letters decoded at once: few enough for a browser's stack of strings, in fours. */
const CHUNK = 1 << 20;

export function fromBase64(letters: string): Uint8Array<ArrayBuffer> {
  const padding = letters.endsWith('==') ? 2 : letters.endsWith('=') ? 1 : 0;
  const bytes = new Uint8Array((letters.length / 4) * 3 - padding);
  let to = 0;
  for (let from = 0; from < letters.length; from += CHUNK) {
    const part = atob(letters.slice(from, from + CHUNK));
    for (let i = 0; i < part.length; i++) bytes[to++] = part.charCodeAt(i);
  }
  return bytes;
}
