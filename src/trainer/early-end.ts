// Whether a run is done before its last epoch. All it goes by is in the checkpoint, so that no pause and no death moves the end.
import { stepsPerEpoch } from '#engine/course';
import type { BestEpoch, CheckpointHeader } from '#shared/checkpoint-header';
import { endsAfter, type EarlyEnd } from '#shared/early-stopping';
import type { RunSpec } from '#shared/run-spec';

export class EarlyEnding {
  readonly #perEpoch: number;
  /** Goes into the checkpoint. */
  readonly waitsSince?: number;

  /** @param train training samples */
  constructor(
    private readonly spec: RunSpec,
    train: number,
    resumed?: CheckpointHeader,
  ) {
    this.#perEpoch = stepsPerEpoch(train, spec.batch);
    const isLonger = resumed !== undefined && spec.epochs > resumed.spec.epochs;
    this.waitsSince = isLonger ? Math.floor(resumed.step / this.#perEpoch) : resumed?.waitsSince;
  }

  /** After this step; undefined where the run goes on, or has come to its last epoch anyway. */
  after(step: number, best: BestEpoch | undefined): EarlyEnd | undefined {
    const { patience, epochs } = this.spec;
    const epoch = step / this.#perEpoch;
    if (patience === undefined || !Number.isInteger(epoch) || epoch >= epochs) return undefined;
    if (!endsAfter(this.spec, epoch, best?.epoch, this.waitsSince)) return undefined;
    return { epoch, waited: epoch - (best?.epoch ?? 0), ...(best && { best: best.epoch }) };
  }
}
