// Exports of every model are opened by the program they are for, and answer as our engine does.
import { beforeAll, describe, expect, it } from 'vitest';
import type { ExportFile } from '#exports/exporter';
import { loadWasm } from '#trainer/wasm/load';
import { answersOf, EXPORT_CASES, inputsOf, SAMPLES, tempered, type ExportCase } from './cases';
import { furthest, judge, type Asked, type Judged } from './judge';

/** Of probabilities and of a standardized value, in float32 summed in another order. */
const TOLERANCE = 1e-4;

interface Consumer {
  name: string;
  /** Opens files and answers with them. */
  program: string;
  python(): Promise<string>;
  /** The file of an export that it opens. */
  main: string;
  files(exported: ExportCase): ExportFile[];
}

/** Two kernels of one shape, each in the other's place. */
function withSwappedKernels(exported: ExportCase): ExportCase {
  const { network, weights } = exported;
  const [a, b] = network.weights.flatMap((w, i) => (w.shape.length === 4 && w.shape[2] === 16 && w.shape[3] === 16 ? [i] : []));
  return { ...exported, weights: weights.map((values, i) => (i === a ? weights[b] : i === b ? weights[a] : values)) };
}

export function describeConsumer({ name, program, python, main, files }: Consumer): void {
  const control = EXPORT_CASES.findIndex((exported) => exported.name === 'resnet-8');
  const asked = (exported: ExportCase): Asked => ({
    files: files(exported),
    main,
    inputs: inputsOf(exported),
    inputShape: [SAMPLES, ...exported.network.inputShape],
  });
  const ours: Float32Array[] = [];
  let judged: Judged[];
  let wrong: Judged;
  let cut: Judged;

  beforeAll(async () => {
    const runtime = await loadWasm();
    const cases: ExportCase[] = [];
    for (const exported of EXPORT_CASES) cases.push(await tempered(runtime, exported));
    for (const exported of cases) ours.push(await answersOf(runtime, exported, inputsOf(exported)));
    const whole = asked(cases[control]);
    const half = whole.files.map((file) => (file.path === main ? { ...file, bytes: file.bytes.subarray(0, file.bytes.length / 2) } : file));
    const all = [...cases.map(asked), asked(withSwappedKernels(cases[control])), { ...whole, files: half }];
    judged = await judge(await python(), program, all);
    [wrong, cut] = judged.slice(EXPORT_CASES.length);
  }, 20 * 60_000);

  describe.each(EXPORT_CASES.map((exported, i) => ({ ...exported, i })))('$name', ({ network, i }) => {
    it(`is opened by ${name} and answers as our engine does, within ${TOLERANCE}`, () => {
      const { problem, outputs, outputShape } = judged[i];
      expect(problem).toBeUndefined();
      expect(outputShape).toEqual([SAMPLES, ...network.outputShape]);
      expect(furthest(outputs, ours[i])).toBeLessThan(TOLERANCE);
      // There is something to tell apart.
      expect(Math.max(...ours[i]) - Math.min(...ours[i])).toBeGreaterThan(10 * TOLERANCE);
    });
  });

  it('control: two kernels in each other’s place are seen', () => {
    expect(wrong.problem).toBeUndefined();
    expect(furthest(wrong.outputs, ours[control])).toBeGreaterThan(10 * TOLERANCE);
  });

  it('control: a file cut in half is not opened', () => {
    expect(cut.problem).toBeDefined();
  });
}
