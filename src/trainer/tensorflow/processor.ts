// What this machine's processor can do, as Linux tells it.
import { readFileSync } from 'node:fs';

/** Names of its features; undefined where a sandbox hides them. */
function flags(): ReadonlySet<string> | undefined {
  try {
    const line = /^flags\s*:(.*)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1];
    return line === undefined ? undefined : new Set(line.trim().split(/\s+/));
  } catch {
    return undefined;
  }
}

/**
 * TensorFlow's wheels end the process on a processor without AVX.
 * @throws Error whose message is the reason in one sentence
 */
export function checkProcessor(): void {
  if (process.platform !== 'linux' || process.arch !== 'x64') throw new Error('it runs on 64-bit Linux with an x86 processor only');
  const known = flags();
  if (known && !known.has('avx')) throw new Error('this processor has no AVX instructions, which TensorFlow needs');
}

/** Whether products in bfloat16 are computed as such: elsewhere they would be slower than in float32. */
export const hasBfloat16 = (): boolean => ['avx512_bf16', 'amx_bf16'].some((name) => flags()?.has(name));

/** oneDNN chooses its algorithms by it, and so the scratch memory they take. */
export const hasAvx512 = (): boolean => flags()?.has('avx512f') ?? false;
