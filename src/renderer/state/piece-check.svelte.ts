// Check it: a few samples worked whole and worked in pieces, asked for by a press; its answer holds for the settings it was made with.
import type { WindowApi } from '#shared/contract';
import type { WholeAndPieces } from '#shared/forecast';
import type { RunSpec } from '#shared/run-spec';
import { answered } from './answered';
import { Task } from './task.svelte';

/** How long it trains changes nothing in one update. */
const keyOf = (datasetId: string, spec: RunSpec): string => JSON.stringify([datasetId, { ...spec, epochs: 0 }]);

export class PieceCheck {
  readonly checking = new Task();
  #found = $state.raw<WholeAndPieces>();
  /** The settings of the newest check, however it went. */
  #key = $state('');

  constructor(private readonly api: WindowApi) {}

  /** @param before what was found of these settings on an earlier day */
  found(datasetId: string, spec: RunSpec, before?: WholeAndPieces): WholeAndPieces | undefined {
    return this.#key === keyOf(datasetId, spec) ? this.#found : before;
  }

  problem(datasetId: string, spec: RunSpec): string | undefined {
    return this.#key === keyOf(datasetId, spec) ? this.checking.problem : undefined;
  }

  async check(datasetId: string, spec: RunSpec): Promise<void> {
    if (this.checking.running) return;
    this.#key = keyOf(datasetId, spec);
    this.#found = undefined;
    this.#found = await this.checking.run(() => answered(this.api.checkPieces(datasetId, spec)));
  }

  async cancel(): Promise<void> {
    await this.api.cancelCheck();
  }
}
