// Imports that are killed (SIGKILL) at moments drawn from a seed, some while the manifest is being written, and what each leaves behind.
import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readManifest } from '#datasets/manifest';
import { verifySource } from '#datasets/source';
import type { AddOptions, ImportOptions } from '#shared/dataset';
import { toFailure } from '#shared/failure';
import { ImporterProcess } from '../datasets/importer-process';
import { Draw } from './hostile/mutate';

export interface Import {
  /** What is imported, and how. */
  folder: string;
  options: ImportOptions;
  /** The version it is added to, where it is no data set of its own. */
  base?: string;
}

/** `half` says what is wrong with it. */
export type Left = { kind: 'nothing' } | { kind: 'whole'; contentHash: string } | { kind: 'half'; problem: string };

/** What lies where a version was to be. */
export async function leftAt(version: string): Promise<Left> {
  if (!existsSync(version)) return { kind: 'nothing' };
  try {
    const manifest = await readManifest(version);
    await verifySource(version, manifest);
    return { kind: 'whole', contentHash: manifest.contentHash };
  } catch (error) {
    return { kind: 'half', problem: JSON.stringify(toFailure(error)) };
  }
}

/** Every file below, with its size. */
export const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .map((name) => `${name} ${statSync(join(folder, name)).size}`)
    .sort();

export interface Kill {
  left: Left;
  /** In the folder of the version and in the one for temporary files, besides the version itself: before and after the next import. */
  orphans: string[];
  orphansAfter: string[];
  /** What the next import, undisturbed, came to, and how many pictures it took over. */
  next: Left;
  from: number;
}

/** Imports `source` again and again into the same place, killed each time, and then to its end. `ms`: what an import takes undisturbed. */
export class KilledImports {
  readonly #root: string;
  readonly #version: string;
  readonly #temporary: string;

  constructor(
    private readonly program: string,
    private readonly source: Import,
    folder: string,
  ) {
    this.#root = join(folder, 'data');
    this.#version = join(this.#root, 'version');
    this.#temporary = join(folder, 'temporary');
    for (const made of [this.#root, this.#temporary]) mkdirSync(made);
  }

  /** `ms`: from its first word to its last. */
  async undisturbed(): Promise<{ contentHash: string; ms: number; files: string[] }> {
    const importer = this.#start();
    await importer.untilReading();
    const started = performance.now();
    const left = await this.#itsEnd(importer);
    if (left.kind !== 'whole') throw new Error(JSON.stringify(left));
    return { contentHash: left.contentHash, ms: performance.now() - started, files: filesBelow(this.#root) };
  }

  /** @param moment when it is killed: so many milliseconds after its first word, or when its manifest appears */
  async kill(moment: number | 'manifest'): Promise<Kill> {
    const importer = this.#start();
    if (moment === 'manifest') await this.#untilManifest();
    else {
      await importer.untilReading();
      await sleep(moment);
    }
    await importer.kill();
    const left = await leftAt(this.#version);
    const orphans = this.#orphans();
    if (left.kind === 'whole') return { left, orphans, orphansAfter: orphans, next: left, from: 0 };
    const again = this.#start();
    const next = await this.#itsEnd(again);
    return { left, orphans, orphansAfter: this.#orphans(), next, from: again.takenOver() };
  }

  #start(): ImporterProcess {
    const importer = new ImporterProcess(this.program, undefined, { ...process.env, TMPDIR: this.#temporary });
    const { folder, options, base } = this.source;
    if (base === undefined) importer.send({ kind: 'import', folder, options, into: this.#version });
    else importer.send({ kind: 'grow', base, source: { folder, options: options as AddOptions, since: 2 }, into: this.#version });
    return importer;
  }

  async #itsEnd(importer: ImporterProcess): Promise<Left> {
    const [answer] = await importer.answers(1);
    await importer.end();
    return answer.kind === 'imported' ? leftAt(this.#version) : { kind: 'half', problem: JSON.stringify(answer) };
  }

  #orphans(): string[] {
    return [...filesBelow(this.#root).filter((name) => !name.startsWith('version/')), ...filesBelow(this.#temporary)];
  }

  /** Or the version, where it was too quick to be seen. */
  async #untilManifest(): Promise<void> {
    const isThere = () =>
      existsSync(this.#version) || readdirSync(this.#root).some((name) => existsSync(join(this.#root, name, 'manifest.json')));
    while (!isThere()) await sleep(1);
  }
}

/** Three in four anywhere in an import, and a little behind it; the others while the manifest is being written. */
export const moments = (count: number, ms: number, seed: number): (number | 'manifest')[] => {
  const draw = new Draw(seed);
  return Array.from({ length: count }, (_, i) => (i % 4 === 3 ? 'manifest' : draw.below(Math.ceil(1.1 * ms))));
};
