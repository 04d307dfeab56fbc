// How fast this computer is with what is planned, for forecasts: by a short look at the very step, by what was measured of other runs, or by a
// look at small networks, none of which a first answer waits for.
import { availableParallelism } from 'node:os';
import { isFitted, speedOf, type Speed } from '#engine/expected-pace';
import { stepWork } from '#engine/step-work';
import { computesBestAlone } from '#engine/work';
import type { ForecastQuestion } from '#shared/forecast';
import type { RunSpec } from '#shared/run-spec';
import { calibrate } from './calibrate';
import { lookAtStep } from './look-at-step';
import { subjectKey, type Subject } from './subject';

export interface KnownSpeed {
  speed?: Speed;
  /** Asked again, more is known. */
  follows?: true;
}

export class SpeedOfComputer {
  /** Of steps that were looked at, by subject. */
  readonly #steps = new Map<string, Speed>();
  #looked?: Promise<Speed | undefined>;

  /**
   * @param isAgain asked before: what is looked at takes its time
   * @param pause awaited while it is looked at; what it throws ends that
   */
  async of(subject: Subject, question: ForecastQuestion, isAgain: boolean, pause: () => Promise<void>): Promise<KnownSpeed> {
    const { runtime, network } = subject;
    const { learnt = [], spec, isTraining } = question;
    const { name, version } = runtime.report;
    if (!isFitted(name)) return {};
    const isParallel = computesInParallel(subject, spec);
    const paces = learnt.filter(({ engine }) => engine === `${name} ${version}`).map(({ pace }) => pace);
    const learned = speedOf(name, paces, { work: stepWork(network), isParallel });
    const key = subjectKey(question);
    const own = this.#steps.get(key);
    const known = (learned?.isOfStep ? learned : own) ?? learned ?? (await this.#looked);
    if (own || known?.isOfStep || (known && isTraining)) return { speed: known };
    if (!isAgain) return { speed: known, follows: true };
    // With how many threads this process computes is settled by what it was asked about first.
    const canLook = !isTraining && isParallel === (runtime.isParallel ?? false);
    const looked = canLook ? await lookAtStep(subject, spec, known, pause) : undefined;
    if (looked) this.#steps.set(key, looked);
    if (looked ?? known) return { speed: looked ?? known };
    // What cannot be looked at is not known: the forecast says all else.
    this.#looked ??= calibrate(runtime).then(
      (seen) => speedOf(name, seen),
      () => undefined,
    );
    return { speed: await this.#looked };
  }
}

/** As the run will: with how many threads this process computes is settled by what it was asked about first. */
export function computesInParallel({ data, network, runtime }: Subject, spec: RunSpec): boolean {
  if (runtime.report.name !== 'tensorflow-cpu') return false;
  const batch = Math.min(spec.batch, data.train.length);
  return !computesBestAlone(network, spec.micro === 'auto' ? batch : Math.min(spec.micro, batch), availableParallelism());
}
