// How many samples of each class a plan would learn from, where they are of classes. Another share or seed of the split takes others away.
import type { WindowApi } from '#shared/contract';
import type { DatasetSummary } from '#shared/dataset';
import { SIDES, type SplitSettings } from '#shared/dataset-view';
import { answered } from './answered';

export interface ClassSize {
  label: string;
  count: number;
}

export class ClassSizes {
  sizes = $state.raw<ClassSize[]>([]);
  #asked = '';

  constructor(private readonly api: WindowApi) {}

  /** Of masks and numbers there are none: every picture has all classes, or no row has one. */
  async look(dataset: DatasetSummary, split: SplitSettings): Promise<void> {
    const asked = JSON.stringify([dataset.id, split.validationShare, split.seed]);
    if (asked === this.#asked) return;
    this.#asked = asked;
    this.sizes = [];
    // A plan is made without them, and says itself where its data cannot be read; asked again, they may be there.
    const sizes = await this.#read(dataset, split).catch(() => undefined);
    if (this.#asked !== asked) return;
    if (sizes) this.sizes = sizes;
    else this.#asked = '';
  }

  async #read(dataset: DatasetSummary, split: SplitSettings): Promise<ClassSize[]> {
    if (dataset.kind === 'image-classes') {
      const { labels, sampleLabels, sides } = await answered(this.api.viewDataset(dataset.id, split));
      const counts = labels.map(() => 0);
      const train = SIDES.indexOf('train');
      sampleLabels.forEach((label, i) => void (sides[i] === train && counts[label]++));
      return labels.map((label, i) => ({ label, count: counts[i] }));
    }
    if (dataset.kind !== 'table' || dataset.task !== 'classification') return [];
    const { classes } = await answered(this.api.viewTable(dataset.id, split));
    return classes.map(({ label, train }) => ({ label, count: train }));
  }
}
