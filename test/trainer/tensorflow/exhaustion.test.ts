// Memory that really runs out inside oneDNN: the process's address space is bounded for the time of one convolution, whose filter finds no
// room in the library's own order. What it says is recognised, nothing is lost or left, and with room the same call goes on.
import * as tf from '@tensorflow/tfjs';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { tellsOfExhaustion } from '#shared/exhaustion';
import { describeTensorFlow } from '#test/support/tensorflow';

const MIB = 1024 * 1024;
/** [3, 3, 1024, 2048]: 72 MiB, and as much again where oneDNN puts it in its own order. */
const FILTER = [3, 3, 1024, 2048] as const;
/** Enough for everything else there is to do meanwhile, and not for that filter. */
const ROOM = 40 * MIB;

const bound = (bytes: number | 'unlimited') => execFileSync('prlimit', ['--pid', String(process.pid), `--as=${bytes}:unlimited`]);
const addressSpace = (): number => 1024 * Number(/VmSize:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))![1]);

function withRoom<T>(bytes: number, work: () => T): T {
  bound(addressSpace() + bytes);
  try {
    return work();
  } finally {
    bound('unlimited');
  }
}

describeTensorFlow('exhausted memory', (runtime) => {
  it('inside a convolution of oneDNN is recognised by its words; the same call has the same bits once there is room', () => {
    const { native, meter } = runtime();
    const [x, filter] = [tf.randomNormal<tf.Rank.R4>([2, 8, 8, 1024], 0, 1, 'float32', 1), tf.fill<tf.Rank.R4>([...FILTER], 0.5)];
    const convolve = (): Float32Array => tf.tidy(() => tf.conv2d(x, filter, 1, 'same').dataSync().slice() as Float32Array);
    const failure = (room: number): string => {
      native.releasePool();
      try {
        withRoom(room, convolve);
      } catch (error) {
        return (error as Error).message;
      }
      return '';
    };
    const wanted = convolve();
    const before = { bytes: meter.inUseBytes(), tensors: tf.memory().numTensors };
    const said = failure(ROOM);
    expect(said).toMatch(/Operation received an exception: ?Status: 1, message: /);
    expect(tellsOfExhaustion(said)).toBe(true);
    expect({ bytes: meter.inUseBytes(), tensors: tf.memory().numTensors }).toEqual(before);
    expect(convolve()).toEqual(wanted);
    expect(failure(4 * ROOM), 'control: with room for the filter nothing fails').toBe('');
    tf.dispose([x, filter]);
  });
});
