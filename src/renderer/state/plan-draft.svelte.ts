// The plan being typed, kept across reloads and restarts of the window.
import { DEFAULT_DRAFTS, draftOf, readDraft, restoreDraft, type Draft, type DraftField } from './draft';
import type { DataSort } from '#shared/data-sort';
import type { SplitSettings } from '#shared/dataset-view';
import { DEFAULT_SPEC, type RunSpec } from '#shared/run-spec';
import type { Start } from '#shared/start-settings';
import type { MoreField, MoreSettings } from '../words/more-settings';

/** Pictures, masks, classes and numbers are learnt with other settings: each has its draft. */
const DRAFT_KEYS: Record<DataSort, string> = {
  pictures: 'overbatch.plan',
  masks: 'overbatch.plan.masks',
  classification: 'overbatch.plan.classification',
  regression: 'overbatch.plan.regression',
};
const DATASET_KEY = 'overbatch.plan.dataset';

export class PlanDraft {
  sort = $state<DataSort>('pictures');
  values = $state<Draft>(restored('pictures'));
  datasetId = $state(localStorage.getItem(DATASET_KEY) ?? '');
  /** Of plain values: what crosses to the main process cannot be a proxy. */
  readonly reading = $derived(readDraft($state.snapshot(this.values) as Draft));

  /** How the data is split under this plan; under the usual one while something else in it is wrong. */
  get split(): SplitSettings {
    const { validationShare, seed } = this.reading.spec ?? DEFAULT_SPEC;
    return { validationShare, seed };
  }

  /** To the draft of what is now learnt from. */
  turnTo(sort: DataSort): void {
    if (sort === this.sort) return;
    this.keep();
    this.sort = sort;
    this.values = restored(sort);
  }

  differs(field: DraftField): boolean {
    return this.values[field] !== DEFAULT_DRAFTS[this.sort][field];
  }

  reset<K extends DraftField>(field: K): void {
    this.values[field] = DEFAULT_DRAFTS[this.sort][field];
  }

  /** With another start other things are usual. */
  startFrom(start: Start): void {
    this.values.start = start;
    this.values.trains = DEFAULT_DRAFTS[this.sort].trains;
    this.values.batchNorm = 'usual';
  }

  /** A further setting; undefined takes it back. What was typed and is no number is kept as NaN, which is refused in a sentence. */
  setMore<K extends MoreField>(field: K, value: unknown): void {
    if (value === undefined) delete this.values.more[field];
    else this.values.more[field] = value as MoreSettings[K];
  }

  clearMore(): void {
    this.values.more = {};
  }

  /** The settings of an earlier run, to be changed or repeated. */
  take(datasetId: string, sort: DataSort, spec: RunSpec): void {
    this.turnTo(sort);
    this.values = draftOf(spec);
    if (datasetId !== '') this.datasetId = datasetId;
  }

  keep(): void {
    localStorage.setItem(DRAFT_KEYS[this.sort], JSON.stringify(this.values));
    localStorage.setItem(DATASET_KEY, this.datasetId);
  }
}

function restored(sort: DataSort): Draft {
  return restoreDraft(localStorage.getItem(DRAFT_KEYS[sort]), sort);
}
