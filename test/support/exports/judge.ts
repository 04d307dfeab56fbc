// Programs in Python that open what we export and answer with it: one start for all cases, since loading the program takes longest.
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ExportFile } from '#exports/exporter';

export interface Asked {
  files: readonly ExportFile[];
  /** The one that is opened. */
  main: string;
  inputs: Float32Array;
  /** With the axis of samples. */
  inputShape: readonly number[];
}

export interface Judged {
  /** Why it could not be opened or run; the rest is absent then. */
  problem?: string;
  outputs: Float32Array;
  outputShape: number[];
}

/** @param program is started with a folder, whose jobs.json has [{ file, inputs, shape, outputs }]; it writes the outputs and answers.json [{ problem, shape }] */
export async function judge(python: string, program: string, asked: readonly Asked[]): Promise<Judged[]> {
  const folder = await mkdtemp(join(tmpdir(), 'overbatch-judged-'));
  try {
    const jobs = asked.map((one, i) => laidOut(one, join(folder, String(i))));
    writeFileSync(join(folder, 'jobs.json'), JSON.stringify(jobs));
    await promisify(execFile)(python, [program, folder], { maxBuffer: 1e8 });
    const answers = JSON.parse(readFileSync(join(folder, 'answers.json'), 'utf8')) as { problem?: string; shape?: number[] }[];
    return answers.map(({ problem, shape }, i) => {
      if (problem !== undefined) return { problem, outputs: new Float32Array(), outputShape: [] };
      const bytes = Uint8Array.from(readFileSync(jobs[i].outputs));
      return { outputs: new Float32Array(bytes.buffer), outputShape: shape! };
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function laidOut({ files, main, inputs, inputShape }: Asked, folder: string) {
  mkdirSync(folder);
  for (const { path, bytes } of files) writeFileSync(join(folder, path), bytes);
  writeFileSync(join(folder, 'inputs'), inputs);
  return { file: join(folder, main), inputs: join(folder, 'inputs'), shape: inputShape, outputs: join(folder, 'outputs') };
}

/** The largest |a − b|; Infinity where they are not of one length or not all finite. */
export const furthest = (a: Float32Array, b: Float32Array): number =>
  a.length !== b.length
    ? Infinity
    : a.reduce((most, value, i) => (Number.isNaN(value - b[i]) ? Infinity : Math.max(most, Math.abs(value - b[i]))), 0);
