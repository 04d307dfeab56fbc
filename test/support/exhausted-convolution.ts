// Memory that really runs out inside an op, oneDNN's or ours: what the process may write to is bounded for the time of one convolution, whose
// filter finds no room in the order it is computed in. What it says is recognised, nothing is lost or left, and with room the same call goes on.
import * as tf from '@tensorflow/tfjs';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { tellsOfExhaustion } from '#shared/exhaustion';
import { describeTensorFlow } from './tensorflow';

const MIB = 1024 * 1024;
/** [3, 3, 1024, 2048]: 72 MiB, and as much again in the order it is computed in. */
const FILTER = [3, 3, 1024, 2048] as const;
/** Enough for everything else there is to do meanwhile, and not for that filter. */
const ROOM = 40 * MIB;

const bound = (bytes: number | 'unlimited') => execFileSync('prlimit', ['--pid', String(process.pid), `--data=${bytes}:unlimited`]);
const writable = (): number => 1024 * Number(/VmData:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))![1]);

function withRoom<T>(bytes: number, work: () => T): T {
  bound(writable() + bytes);
  try {
    return work();
  } finally {
    bound('unlimited');
  }
}

/** A file each: pages that one had before stay the process's to write. */
export const exhaustedConvolution = (whose: string, dilation: number, words: RegExp): void =>
  describeTensorFlow('exhausted memory', (runtime) => {
    it(`inside a convolution of ${whose} is recognised by its words; the same call has the same bits once there is room`, () => {
      const { meter } = runtime();
      const [x, filter] = [tf.randomNormal<tf.Rank.R4>([2, 8, 8, 1024], 0, 1, 'float32', 1), tf.fill<tf.Rank.R4>([...FILTER], 0.5)];
      const convolve = (): Float32Array =>
        tf.tidy(() => tf.conv2d(x, filter, 1, 'same', 'NHWC', dilation).dataSync().slice() as Float32Array);
      const failure = (room: number): string => {
        try {
          withRoom(room, convolve);
        } catch (error) {
          return (error as Error).message;
        }
        return '';
      };
      tf.dispose(tf.neg(x)); // TF.js uploads a tensor when it is first read.
      const before = { bytes: meter.inUseBytes(), tensors: tf.memory().numTensors };
      const said = failure(ROOM);
      expect(said).toMatch(words);
      expect(tellsOfExhaustion(said)).toBe(true);
      expect({ bytes: meter.inUseBytes(), tensors: tf.memory().numTensors }).toEqual(before);
      expect(failure(4 * ROOM), 'control: with room for the filter nothing fails').toBe('');
      const after = convolve();
      expect(after).toEqual(convolve());
      expect(tf.util.arraysEqual(after, new Float32Array(after.length))).toBe(false);
      tf.dispose([x, filter]);
    });
  });
