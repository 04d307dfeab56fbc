// Many pictures and a trained model's answers to them, as they come in; looked through by class, the least sure first.
import { placeOfLargest } from '#shared/answers-csv';
import type { PictureAnswer, PictureList } from '#shared/asking';
import type { WindowApi } from '#shared/contract';
import type { WindowEvent } from '#shared/window-event';
import { answered } from './answered';
import { PictureTiles } from './picture-tiles.svelte';
import { NOTHING, pick, type Selection } from './selection';
import { Task } from './task.svelte';

/** Those of one class (its place among the model's), all of them, or those that could not be read. */
export type Part = number | 'all' | 'problems';

type Told = Extract<WindowEvent, { kind: 'answers' }>;

/** What an answer comes to, worked out once. */
type Heard = { part: number; share: number } | { part: 'problems'; problem: string };

export class TryMany {
  list = $state.raw<PictureList>();
  part = $state<Part>('all');
  unsureFirst = $state(false);
  tiles = $state.raw<PictureTiles>();
  /** The name of the file that the answers were saved as. */
  saved = $state<string>();
  /** How many there are of each part. */
  counts = $state.raw<Partial<Record<Part, number>>>({});
  /** How many were larger than those learnt from, and seen in parts. */
  inParts = $state(0);
  /** How many are answered, in the order of the list. */
  done = $state(0);
  readonly asking = new Task();
  readonly saving = new Task();
  /** All places of the list: the same array however many are answered, so that what is scrolled stays where it is. */
  #all = $state.raw<readonly number[]>([]);
  /** Grows with `done`. */
  #heard: Heard[] = [];
  /** The place in the list of the picture that is looked at. */
  #looked = $state<number>();
  #runId?: string;
  /** Answers to any other question come too late. */
  #question = 0;
  /** Asked for, and neither answered nor given up. */
  #isOwed = false;
  #isHere = false;

  constructor(private readonly api: WindowApi) {}

  /** Places in the list that are shown, in their order. */
  readonly shown = $derived.by(() => {
    const { part } = this;
    if (part === 'all' && !this.unsureFirst) return this.#all;
    const heard = this.#heard.slice(0, this.done);
    const chosen = part === 'all' ? [...this.#all] : this.#all.slice(0, heard.length).filter((place) => heard[place].part === part);
    return this.unsureFirst ? chosen.sort((a, b) => sureness(heard[a]) - sureness(heard[b]) || a - b) : chosen;
  });

  /** The picture that is looked at stays so wherever its place among those shown is now. */
  readonly selection = $derived.by<Selection>(() => {
    const active = this.#looked === undefined ? -1 : this.shown.indexOf(this.#looked);
    return active < 0 ? NOTHING : pick(NOTHING, this.shown, active, { shift: false, ctrl: false });
  });

  /** Undefined as long as it is not answered. */
  heard(place: number): Heard | undefined {
    return place < this.done ? this.#heard[place] : undefined;
  }

  look(place: number): void {
    this.#looked = place;
  }

  open(list: PictureList): void {
    this.close();
    this.list = list;
    this.#all = list.names.map((_, place) => place);
    this.tiles = new PictureTiles(this.api, list.token);
  }

  /** The page is there, and asks this run's model. */
  async turnTo(runId: string): Promise<void> {
    const isSame = runId === this.#runId;
    this.#isHere = true;
    this.#runId = runId;
    if (!isSame || this.#isOwed) await this.ask();
  }

  /** Asks about all of them; the model that is asked last answers. */
  async ask(): Promise<void> {
    const { list } = this;
    const runId = this.#runId;
    if (!list || runId === undefined) return;
    const question = ++this.#question;
    this.#isOwed = true;
    this.#empty();
    if (!this.#isHere) return;
    if (this.asking.running) return this.#end();
    await this.asking.run(() => answered(this.api.askPictures(runId, list.token, question)));
    if (question === this.#question) this.#isOwed &&= !this.#isHere;
    else if (this.#isOwed) await this.ask();
  }

  hear({ question, answers: { from, answers } }: Told): void {
    if (question !== this.#question || from !== this.#heard.length) return;
    const counts = { ...this.counts };
    for (const answer of answers) {
      const heard = inShort(answer);
      this.#heard.push(heard);
      counts[heard.part] = (counts[heard.part] ?? 0) + 1;
      if ('tiles' in answer && answer.tiles !== undefined) this.inParts++;
    }
    this.counts = counts;
    this.done = this.#heard.length;
  }

  /** The person does not want to wait. */
  cancel(): void {
    this.#isOwed = false;
    this.#end();
  }

  /** The page is gone: what is not answered yet is asked again when it is back. */
  leave(): void {
    this.#isHere = false;
    this.#end();
  }

  async save(): Promise<void> {
    const { list } = this;
    if (!list) return;
    this.saved = (await this.saving.run(() => answered(this.api.saveAnswers(list.token)))) ?? undefined;
  }

  close(): void {
    this.cancel();
    this.#question++;
    this.#empty();
    this.list = this.tiles = this.#looked = undefined;
    this.part = 'all';
    this.asking.forget();
  }

  #end(): void {
    if (this.asking.running) void this.api.cancelAsking('pictures');
  }

  #empty(): void {
    this.#heard = [];
    this.done = this.inParts = 0;
    this.counts = {};
    this.saved = undefined;
    this.saving.forget();
  }
}

function inShort(answer: PictureAnswer): Heard {
  if ('problem' in answer) return { part: 'problems', problem: answer.problem };
  const part = placeOfLargest(answer.shares);
  return { part, share: answer.shares[part] };
}

/** Of what could not be read nothing is known: last. */
const sureness = (heard: Heard | undefined): number => (heard && 'share' in heard ? heard.share : Number.MAX_VALUE);
