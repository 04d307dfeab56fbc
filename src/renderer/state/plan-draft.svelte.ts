// The plan being typed, kept across reloads and restarts of the window.
import { DEFAULT_DRAFT, draftOf, readDraft, restoreDraft, type Draft, type DraftField } from './draft';
import type { RunSpec } from '#shared/run-spec';

const DRAFT_KEY = 'overbatch.plan';
const DATASET_KEY = 'overbatch.plan.dataset';

export class PlanDraft {
  values = $state<Draft>(restoreDraft(localStorage.getItem(DRAFT_KEY)));
  datasetId = $state(localStorage.getItem(DATASET_KEY) ?? '');
  readonly reading = $derived(readDraft(this.values));

  differs(field: DraftField): boolean {
    return this.values[field] !== DEFAULT_DRAFT[field];
  }

  reset<K extends DraftField>(field: K): void {
    this.values[field] = DEFAULT_DRAFT[field];
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
