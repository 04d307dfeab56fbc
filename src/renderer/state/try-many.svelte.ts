// Many pictures and a trained model's answers to them, as they come in; looked through by class, the least sure first.
import { mostProbable } from '#shared/answers-csv';
import type { PictureAnswer, PictureList } from '#shared/asking';
import type { WindowApi, WindowEvent } from '#shared/contract';
import { answered } from './answered';
import { PictureTiles } from './picture-tiles.svelte';
import { NOTHING, type Selection } from './selection';
import { Task } from './task.svelte';

/** Those of one class (its place among the model's), all of them, or those that could not be read. */
export type Part = number | 'all' | 'problems';

type Told = Extract<WindowEvent, { kind: 'answers' }>;

export class TryMany {
  list = $state.raw<PictureList>();
  /** In the order of the list, as far as they came. */
  answers = $state.raw<readonly PictureAnswer[]>([]);
  part = $state<Part>('all');
  unsureFirst = $state(false);
  selection = $state.raw<Selection>(NOTHING);
  tiles = $state.raw<PictureTiles>();
  /** The name of the file that the answers were saved as. */
  saved = $state<string>();
  readonly asking = new Task();
  readonly saving = new Task();
  #wanted?: string;

  constructor(private readonly api: WindowApi) {}

  /** Places in the list that are shown, in their order. */
  readonly shown = $derived.by(() => {
    const { answers, part } = this;
    const all = Array.from({ length: this.list?.names.length ?? 0 }, (_, place) => place);
    const chosen = part === 'all' ? all : all.filter((place) => place < answers.length && partOf(answers[place]) === part);
    return this.unsureFirst ? chosen.sort((a, b) => sureness(answers[a]) - sureness(answers[b])) : chosen;
  });

  /** How many there are of each part. */
  readonly counts = $derived.by(() => {
    const counts: Partial<Record<Part, number>> = {};
    for (const answer of this.answers) counts[partOf(answer)] = (counts[partOf(answer)] ?? 0) + 1;
    return counts;
  });

  open(list: PictureList): void {
    this.close();
    this.list = list;
    this.tiles = new PictureTiles(this.api, list.token);
  }

  /** Asks the model of this run about all of them; the model that is asked last answers. */
  async ask(runId: string): Promise<void> {
    const { list } = this;
    if (!list) return;
    this.#wanted = runId;
    this.answers = [];
    this.saved = undefined;
    this.saving.forget();
    if (this.asking.running) return this.cancel();
    await this.asking.run(() => answered(this.api.askPictures(runId, list.token)));
    if (this.list && (this.list !== list || this.#wanted !== runId)) await this.ask(this.#wanted ?? runId);
  }

  hear({ runId, listToken, answers: { from, answers } }: Told): void {
    // Of pictures or a model that are not asked about any more.
    if (runId !== this.#wanted || listToken !== this.list?.token || from !== this.answers.length) return;
    this.answers = [...this.answers, ...answers];
  }

  cancel(): void {
    if (this.asking.running) void this.api.cancelAsking('pictures');
  }

  async save(): Promise<void> {
    const { list } = this;
    if (!list) return;
    this.saved = (await this.saving.run(() => answered(this.api.saveAnswers(list.token)))) ?? undefined;
  }

  close(): void {
    this.cancel();
    this.list = this.tiles = this.saved = undefined;
    this.answers = [];
    this.part = 'all';
    this.selection = NOTHING;
    this.asking.forget();
    this.saving.forget();
  }
}

const partOf = (answer: PictureAnswer): Part => ('problem' in answer ? 'problems' : mostProbable(answer.shares));

/** Of what could not be read nothing is known: last. */
const sureness = (answer: PictureAnswer | undefined): number =>
  answer && 'shares' in answer ? answer.shares[mostProbable(answer.shares)] : Infinity;
