// The plan being typed, kept across reloads and restarts of the window.
import { DEFAULT_DRAFT, draftOf, readDraft, restoreDraft, type Draft, type DraftField } from './draft';
import type { RunSpec } from '#shared/run-spec';
import type { MoreField } from '../words/more-settings';

const DRAFT_KEY = 'overbatch.plan';
const DATASET_KEY = 'overbatch.plan.dataset';

export class PlanDraft {
  values = $state<Draft>(restoreDraft(localStorage.getItem(DRAFT_KEY)));
  datasetId = $state(localStorage.getItem(DATASET_KEY) ?? '');
  /** Of plain values: what crosses to the main process cannot be a proxy. */
  readonly reading = $derived(readDraft($state.snapshot(this.values) as Draft));

  differs(field: DraftField): boolean {
    return this.values[field] !== DEFAULT_DRAFT[field];
  }

  reset<K extends DraftField>(field: K): void {
    this.values[field] = DEFAULT_DRAFT[field];
  }

  /** One of the settings that the form has no field for, or all of them. */
  clearMore(field?: MoreField): void {
    if (field === undefined) this.values.more = {};
    else delete this.values.more[field];
  }

  /** The settings of an earlier run, to be changed or repeated. */
  take(datasetId: string, spec: RunSpec): void {
    this.values = draftOf(spec);
    if (datasetId !== '') this.datasetId = datasetId;
  }

  keep(): void {
    localStorage.setItem(DRAFT_KEY, JSON.stringify(this.values));
    localStorage.setItem(DATASET_KEY, this.datasetId);
  }
}
