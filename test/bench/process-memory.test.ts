// The bench's meter of a process: what is taken shows in the peak, and goes from it when the peak is reset after it was given back.
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { PeakMemory } from '../../bench/process-memory';

const SIZE = 64 * 2 ** 20;

describe.runIf(process.platform === 'linux')('peak memory of this process', () => {
  it('rises by what is taken and touched', () => {
    const memory = new PeakMemory();
    memory.reset();
    const before = memory.peak()!;
    const taken = Buffer.alloc(SIZE, 1);
    expect(memory.peak()! - before).toBeGreaterThan(0.9 * SIZE);
    expect(taken[SIZE - 1]).toBe(1);
  });

  it('is the same figure as the Python side reads', () => {
    const script = `
import sys; sys.path.insert(0, 'bench/pytorch')
from memory import PeakMemory
memory = PeakMemory(); memory.reset(); before = memory.peak()
taken = bytearray(b'1') * ${SIZE}
print(memory.peak() - before)`;
    const { stdout } = spawnSync('python3', ['-c', script], { encoding: 'utf8' });
    expect(Math.abs(Number(stdout) - SIZE)).toBeLessThan(0.1 * SIZE);
  });
});
