// One version opened: what its samples are, which are shown and chosen, what is changed and not saved yet.
import type { WindowApi } from '#shared/contract';
import type { DatasetSummary } from '#shared/dataset';
import { SIDES, type SplitSettings, type VersionView } from '#shared/dataset-view';
import { answered } from './answered';
import { change, editsOf, redo, UNCHANGED, undo, type EditHistory } from './label-edits';
import { NOTHING, type Selection } from './selection';
import { Task } from './task.svelte';
import { Tiles, type Tile } from './tiles.svelte';

const LARGEST_SIDE = 1024;

export type Part = 'all' | 'changed' | (typeof SIDES)[number];

export class VersionPage {
  view = $state.raw<VersionView>();
  tiles = $state.raw<Tiles>();
  /** Shown: a class, or every one. */
  label = $state<string>();
  part = $state<Part>('all');
  /** Masks laid over the pictures. */
  masked = $state(true);
  selection = $state.raw<Selection>(NOTHING);
  edits = $state.raw<EditHistory>(UNCHANGED);
  readonly opening = new Task();
  readonly saving = new Task();

  /** Samples that are shown, class by class. */
  readonly shown = $derived.by(() => this.#shown());
  readonly changed = $derived(this.edits.now.size);

  constructor(
    private readonly api: WindowApi,
    private readonly datasetId: string,
    private readonly onSaved: (dataset: DatasetSummary) => Promise<void>,
  ) {}

  async open(split: SplitSettings): Promise<void> {
    const view = await this.opening.run(() => answered(this.api.viewDataset(this.datasetId, split)));
    if (!view) return;
    this.view = view;
    this.tiles ??= new Tiles(this.api, this.datasetId);
  }

  /** One picture as it is stored. */
  async read(sample: number): Promise<Tile> {
    const { files, masks, ...picture } = await answered(this.api.readTiles(this.datasetId, { indices: [sample], side: LARGEST_SIDE }));
    return { ...picture, mask: masks, file: files[0] };
  }

  readonly labelOf = (sample: number): string => {
    const { view } = this;
    return view ? view.labels[view.sampleLabels[sample]] : '';
  };

  show(label: string | undefined, part: Part = this.part): void {
    this.label = label;
    this.part = part;
    this.selection = NOTHING;
  }

  /** The chosen ones get a class, or are dropped (null). */
  change(to: string | null): void {
    this.edits = change(this.edits, this.selection.chosen, to, this.labelOf);
  }

  undo(): void {
    this.edits = undo(this.edits);
  }

  redo(): void {
    this.edits = redo(this.edits);
  }

  discard(): void {
    this.edits = UNCHANGED;
    if (this.part === 'changed') this.part = 'all';
    this.saving.forget();
  }

  async save(): Promise<void> {
    const dataset = await this.saving.run(() => answered(this.api.editDataset(this.datasetId, editsOf(this.edits.now))));
    if (!dataset) return;
    this.edits = UNCHANGED;
    await this.onSaved(dataset);
  }

  #shown(): number[] {
    const { view, label, part, edits } = this;
    if (!view) return [];
    const wanted = label === undefined ? undefined : view.labels.indexOf(label);
    const side = SIDES.findIndex((name) => name === part);
    const byClass = view.labels.map((): number[] => []);
    view.sampleLabels.forEach((place, sample) => {
      if (wanted !== undefined && wanted !== place) return;
      if (side >= 0 && view.sides[sample] !== side) return;
      if (part === 'changed' && !edits.now.has(sample)) return;
      byClass[place].push(sample);
    });
    return byClass.flat();
  }
}
