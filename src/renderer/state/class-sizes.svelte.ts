// How many samples of each class a plan would learn from, where they are of classes. Asked for once a data set: another split of it is stratified,
// and so moves no class by more than a sample or two.
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
    if (dataset.id === this.#asked) return;
    this.#asked = dataset.id;
    this.sizes = [];
    const sizes = await this.#read(dataset, split).catch(() => []);
    if (this.#asked === dataset.id) this.sizes = sizes;
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
    const { columns } = await answered(this.api.viewTable(dataset.id, split));
    return columns[0].bars.map(({ label, train }) => ({ label, count: train }));
  }
}
