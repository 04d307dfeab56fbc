// Runs what was exported as a browser would, without one: the page's own script, stock TensorFlow.js on WebAssembly, in a realm of its own,
// so that nothing of the engine in this process has a part in it.
import { createContext, Script } from 'node:vm';
import type { References, Runnable } from '#exports/exporter';
import { turn } from '../turn';

/** What a browser has and a realm of plain JavaScript lacks. */
const BROWSER = {
  atob,
  TextDecoder,
  TextEncoder,
  performance,
  setTimeout,
  clearTimeout,
  queueMicrotask,
  console: { log() {}, warn() {}, error() {} },
};

interface Answering {
  answer(inputs: Float32Array, count: number): Promise<Float32Array>;
}

/** At once; what a sample is does not matter to its neighbours. */
const TOGETHER = 4;

/** The largest difference of an output from the run's own; NaN where one of both is no number. @throws where it cannot be run, or an output is missing */
export async function largestDifference(
  { script, ...opened }: Runnable,
  { count, inputs, outputs }: References,
  onAnswered: (share: number) => void,
): Promise<number> {
  const realm = createContext({ ...BROWSER }) as { overbatch?: { openModel(opened: Omit<Runnable, 'script'>): Promise<Answering> } };
  new Script('self = globalThis').runInContext(realm as object);
  new Script(script, { filename: 'exported.js' }).runInContext(realm as object);
  if (!realm.overbatch) throw new Error('its program does not start');
  const model = await realm.overbatch.openModel(opened);
  const [taken, given] = [inputs.length / count, outputs.length / count];
  let largest = 0;
  for (let start = 0; start < count; start += TOGETHER) {
    const end = Math.min(count, start + TOGETHER);
    const answered = await model.answer(inputs.subarray(start * taken, end * taken), end - start);
    const expected = outputs.subarray(start * given, end * given);
    if (answered.length !== expected.length) throw new Error(`it gives ${answered.length} numbers instead of ${expected.length}`);
    for (let i = 0; i < expected.length; i++) {
      const difference = Math.abs(answered[i] - expected[i]);
      if (Number.isNaN(difference)) return NaN;
      largest = Math.max(largest, difference);
    }
    onAnswered(end / count);
    await turn();
  }
  return largest;
}
