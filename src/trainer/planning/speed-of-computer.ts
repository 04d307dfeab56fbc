// How fast this computer is with an engine, for forecasts: by what was measured of other runs, or by a short look of its own, which no first
// answer waits for.
import { availableParallelism } from 'node:os';
import { isFitted, speedOf, type Speed } from '#engine/expected-pace';
import { stepWork } from '#engine/step-work';
import { computesBestAlone } from '#engine/work';
import type { ForecastQuestion } from '#shared/forecast';
import type { RunSpec } from '#shared/run-spec';
import { calibrate } from './calibrate';
import type { Subject } from './subject';

/** 'follows': asked again, it is known. */
export type KnownSpeed = Speed | 'follows' | 'unknown';

export class SpeedOfComputer {
  #isAsked = false;
  #looked?: Promise<KnownSpeed>;

  async of(subject: Subject, { learnt = [], spec }: ForecastQuestion): Promise<KnownSpeed> {
    const { runtime, network } = subject;
    const { name, version } = runtime.report;
    const known = speedOf(
      name,
      learnt.filter(({ engine }) => engine === `${name} ${version}`).map(({ pace }) => pace),
      { work: stepWork(network), isParallel: computesInParallel(subject, spec) },
    );
    if (known) return known;
    if (!isFitted(name)) return 'unknown';
    if (!this.#isAsked) {
      this.#isAsked = true;
      return 'follows';
    }
    // What cannot be looked at is not known: the forecast says all else.
    this.#looked ??= calibrate(runtime).then(
      (paces) => speedOf(name, paces) ?? 'unknown',
      () => 'unknown' as const,
    );
    return this.#looked;
  }
}

/** As the run will: with how many threads this process computes is settled by what it was asked about first. */
export function computesInParallel({ data, network, runtime }: Subject, spec: RunSpec): boolean {
  if (runtime.report.name !== 'tensorflow-cpu') return false;
  const batch = Math.min(spec.batch, data.train.length);
  return !computesBestAlone(network, spec.micro === 'auto' ? batch : Math.min(spec.micro, batch), availableParallelism());
}
