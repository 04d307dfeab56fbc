// The plan being typed, kept across reloads and restarts of the window.
import { draftOf, readDraft, restoreDraft, usualDraft, type Draft, type DraftField } from './draft';
import { inverseOf, withChange, type DraftChange } from './draft-change';
import { followed, NO_DEFAULTS, restoreDefaults, withDefaults, type PlanDefaults } from './plan-defaults';
import { differsMore, withChoice } from './usual-settings';
import type { DataSort } from '#shared/data-sort';
import type { SplitSettings } from '#shared/dataset-view';
import { DEFAULT_SPEC, type ModelName } from '#shared/run-spec';
import type { Start, TrainedPart } from '#shared/start-settings';
import { originOf, restoreOrigin, type PlanOrigin } from '../words/plan-origin';
import { MORE_FIELDS, type MoreField, type MoreSettings } from '../words/more-settings';

/** Pictures, masks, classes and numbers are learnt with other settings: each has its draft. */
const DRAFT_KEYS: Record<DataSort, string> = {
  pictures: 'overbatch.plan',
  masks: 'overbatch.plan.masks',
  classification: 'overbatch.plan.classification',
  regression: 'overbatch.plan.regression',
};
const DATASET_KEY = 'overbatch.plan.dataset';
const ORIGIN_KEY = 'overbatch.plan.origin';

export class PlanDraft {
  sort = $state<DataSort>('pictures');
  /** What is set for the whole app; as it was kept until that is known. */
  #defaults = $state.raw<PlanDefaults>(keptDefaults('pictures'));
  values = $state<Draft>(restored('pictures'));
  datasetId = $state(localStorage.getItem(DATASET_KEY) ?? '');
  /** The run whose settings it was begun with. */
  origin = $state.raw<PlanOrigin | undefined>(restoredOrigin());
  /** Of plain values: what crosses to the main process cannot be a proxy. */
  readonly reading = $derived(readDraft($state.snapshot(this.values) as Draft));

  /** What it would be of this model and start, had nobody changed anything. */
  readonly usual = $derived(withDefaults(usualDraft(this.sort, this.values), this.#defaults));
  readonly changedMore = $derived(MORE_FIELDS.filter((field) => differsMore(field, this.values.more, this.usual.more)));

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
    this.values = followed(restored(sort), keptDefaults(sort), this.#defaults);
  }

  /** Other things are set for the whole app. */
  follow(defaults: PlanDefaults): void {
    this.values = followed($state.snapshot(this.values) as Draft, this.#defaults, defaults);
    this.#defaults = defaults;
  }

  differs(field: DraftField): boolean {
    const { leave } = this.usual;
    if (field === 'memory' && leave !== '' && this.values.leave !== leave) return true;
    return this.values[field] !== (field === 'model' ? usualDraft(this.sort) : this.usual)[field];
  }

  reset<K extends DraftField>(field: K): void {
    this.values[field] = this.usual[field];
    if (field === 'memory') this.values.leave = this.usual.leave;
  }

  /** With another model other things are usual; absent: with the first one of its sort. */
  choose(model: ModelName = usualDraft(this.sort).model): void {
    this.values = withChoice(this.values, this.sort, { model });
  }

  startFrom(start: Start): void {
    this.values = { ...withChoice(this.values, this.sort, { start, trains: this.usual.trains }), batchNorm: 'usual' };
  }

  train(trains: TrainedPart): void {
    this.values = withChoice(this.values, this.sort, { trains });
  }

  /** A further setting; undefined takes it back. What was typed and is no number is kept as NaN, which is refused in a sentence. */
  setMore<K extends MoreField>(field: K, value: unknown): void {
    if (value === undefined) delete this.values.more[field];
    else this.values.more[field] = value as MoreSettings[K];
  }

  resetMore(field: MoreField): void {
    this.setMore(field, $state.snapshot(this.usual.more[field]));
  }

  clearMore(): void {
    this.values.more = { ...this.usual.more };
  }

  /** Answers what takes exactly this change back. */
  change(change: DraftChange): () => void {
    const [before, { sort }] = [$state.snapshot(this.values) as Draft, this];
    const back = inverseOf(before, change);
    this.values = withChange(before, change);
    return () => {
      // The draft of other data was never changed.
      if (this.sort === sort) this.values = withChange($state.snapshot(this.values) as Draft, back);
    };
  }

  /** The settings of an earlier run, to be changed or repeated. */
  take(origin: PlanOrigin): void {
    this.turnTo(origin.sort);
    this.values = draftOf(origin.spec);
    if (origin.datasetId !== '') this.datasetId = origin.datasetId;
    this.origin = originOf(origin);
  }

  keep(): void {
    localStorage.setItem(DRAFT_KEYS[this.sort], JSON.stringify({ ...this.values, under: this.#defaults }));
    localStorage.setItem(DATASET_KEY, this.datasetId);
    localStorage.setItem(ORIGIN_KEY, JSON.stringify(this.origin ?? null));
  }
}

function restored(sort: DataSort): Draft {
  return restoreDraft(localStorage.getItem(DRAFT_KEYS[sort]), sort);
}

/** Under which defaults that draft was typed. */
function keptDefaults(sort: DataSort): PlanDefaults {
  try {
    const kept = JSON.parse(localStorage.getItem(DRAFT_KEYS[sort]) ?? '{}') as { under?: unknown } | null;
    return restoreDefaults(kept?.under);
  } catch {
    return NO_DEFAULTS;
  }
}

function restoredOrigin(): PlanOrigin | undefined {
  try {
    return restoreOrigin(JSON.parse(localStorage.getItem(ORIGIN_KEY) ?? 'null'));
  } catch {
    return undefined;
  }
}
